/** Return the entry of the log for an audit event: what its leaf hashes. It has no personal data. */
export const eventEntry = (eventId: string, hash: string): string =>
  `countersign/v1/event\n${eventId}\n${hash}\n`;
