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
