import type { Notification } from '../api/types';

/** Far more than one tab receives in a day. */
const MAX_SEEN = 2_000;

/** Detects notifications that this tab already has. Delivery is at least once, so they can arrive again. */
export class SeenNotifications {
  readonly #ids = new Set<string>();

  /** Add an ID. Returns whether it is new. */
  add(notificationId: string): boolean {
    if (this.#ids.has(notificationId)) return false;
    this.#ids.add(notificationId);
    if (this.#ids.size > MAX_SEEN) {
      for (const oldest of this.#ids) {
        this.#ids.delete(oldest);
        break;
      }
    }
    return true;
  }
}

/** Read the notification from an MQTT payload `{notificationId, notification}`. Returns null for anything else. */
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
