import * as z from 'zod/mini';
import type { ListedNotification } from './types';

const actor = z.object({
  type: z.string(),
  id: z.string(),
  name: z.string(),
  erased: z.optional(z.boolean()),
});

// What the console reads of a notification. Other fields pass.
const notification = z.looseObject({
  type: z.string(),
  workflowId: z.string(),
  title: z.string(),
  stepId: z.optional(z.nullable(z.string())),
  round: z.number(),
  sequence: z.number(),
  actionOwner: actor,
  comment: z.optional(z.nullable(z.string())),
  read: z.boolean(),
});

const notificationMessage = z.object({
  // Earlier versions of the service don't send it.
  messageType: z.optional(z.literal('notification')),
  notificationId: z.string().check(z.minLength(1)),
  notification,
});

const changedMessage = z.object({
  messageType: z.literal('changed'),
  workflowId: z.string().check(z.minLength(1)),
  version: z.number(),
});

const message = z.union([changedMessage, notificationMessage]);

/** A message of the live connection. */
export type LiveMessage =
  | { kind: 'notification'; notification: ListedNotification }
  | { kind: 'changed'; workflowId: string; version: number };

/** Read an MQTT payload. Returns null for anything that this version of the console doesn't know. */
export function parseLiveMessage(payload: string): LiveMessage | null {
  let decoded: unknown;
  try {
    decoded = JSON.parse(payload);
  } catch {
    return null;
  }
  const parsed = message.safeParse(decoded);
  if (!parsed.success) return null;
  const { data } = parsed;
  if (data.messageType === 'changed') {
    return { kind: 'changed', workflowId: data.workflowId, version: data.version };
  }
  // Checked above, except for types and fields of later versions, which are shown as they are.
  return {
    kind: 'notification',
    notification: {
      ...data.notification,
      notificationId: data.notificationId,
    } as unknown as ListedNotification,
  };
}
