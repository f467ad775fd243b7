import { describe, expect, it } from 'vitest';
import { parseLiveMessage } from './liveMessage';

const notification = {
  type: 'APPROVAL_REQUESTED',
  workflowId: 'w-1',
  title: 'Laptops',
  round: 1,
  sequence: 2,
  actionOwner: { type: 'user', id: 'u-1', name: 'Rana' },
  read: false,
};
const parse = (message: unknown) => parseLiveMessage(JSON.stringify(message));

describe('a message of the live connection', () => {
  it('has a notification with its ID, also from a service without message types', () => {
    const expected = { kind: 'notification', notification: { notificationId: 'n-1', ...notification } };
    expect(parse({ messageType: 'notification', notificationId: 'n-1', notification })).toEqual(expected);
    expect(parse({ notificationId: 'n-1', notification })).toEqual(expected);
  });

  it('keeps types and fields of a later version of the service', () => {
    const later = { ...notification, type: 'ESCALATED', priority: 'high' };
    expect(parse({ notificationId: 'n-1', notification: later })).toMatchObject({ notification: later });
  });

  it('says which workflow has changed', () => {
    const message = {
      messageType: 'changed',
      workflowId: 'w-1',
      version: 3,
      occurredAt: '2026-01-10T09:00:00Z',
    };
    expect(parse(message)).toEqual({ kind: 'changed', workflowId: 'w-1', version: 3 });
  });

  it.each([
    null,
    [],
    { notificationId: 1, notification },
    { notificationId: 'n-1' },
    { notificationId: 'n-1', notification: { ...notification, sequence: '2' } },
    { messageType: 'changed', workflowId: 'w-1' },
    { messageType: 'maintenance', workflowId: 'w-1', version: 3 },
    { messageType: 'maintenance', notificationId: 'n-1', notification },
  ])('is ignored if it has another format: %j', (message) => expect(parse(message)).toBeNull());

  it.each(['', 'not JSON', '{'])('is ignored if it is not JSON: %j', (payload) =>
    expect(parseLiveMessage(payload)).toBeNull(),
  );
});
