import type { Notification } from '../api/types';

/** How many ids are remembered: far more than one tab sees in a day, far less than memory minds. */
const MAX_SEEN = 2_000;

/** Tells a notification that is new to this tab from one it already had: delivery is at least once. */
export class SeenNotifications {
  readonly #had = new Set<string>();

  /** True the first time an id is seen. */
  admit(notificationId: string): boolean {
    if (this.#had.has(notificationId)) return false;
    this.#had.add(notificationId);
    if (this.#had.size > MAX_SEEN) {
      for (const oldest of this.#had) {
        this.#had.delete(oldest);
        break;
      }
    }
    return true;
  }
}

/** The notification in an MQTT payload `{notificationId, notification}`; null for anything else. */
export function parseNotification(payload: string): Notification | null {
  let decoded: unknown;
  try {
    decoded = JSON.parse(payload);
  } catch {
    return null;
  }
  if (typeof decoded !== 'object' || decoded === null) return null;
  const { notificationId, notification } = decoded as { notificationId?: unknown; notification?: unknown };
  if (typeof notificationId !== 'string' || typeof notification !== 'object' || notification === null)
    return null;
  return { ...(notification as Notification), notificationId };
}
