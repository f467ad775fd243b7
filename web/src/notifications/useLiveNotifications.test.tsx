// @vitest-environment jsdom
import { act, screen, waitFor } from '@testing-library/react';
import { useCallback } from 'react';
import { describe, expect, it, vi } from 'vitest';
import type { Notification } from '../api/types';
import { renderConsole, stubApi } from '../testing/renderConsole';
import { useWorkflowList } from '../workflows/queries';
import type { TransportEvents } from './liveConnection';
import { openMqtt } from './mqttTransport';
import { useNotifications } from './queries';
import { useLiveNotifications } from './useLiveNotifications';
import { useToasts } from './useToasts';

vi.mock('./mqttTransport');

const notification = (id: string) => ({
  notificationId: id,
  type: 'APPROVAL_REQUESTED',
  workflowId: 'w-1',
  title: `Laptops ${id}`,
  round: 1,
  actionOwner: { userId: 'u', name: 'Rana' },
  read: false,
});
const payload = (id: string) => JSON.stringify({ notificationId: id, notification: notification(id) });

const handedOver = vi.fn<(notification: Notification) => void>();

function Bell() {
  const toast = useToasts();
  const onArrival = useCallback(
    (arrived: Notification) => {
      handedOver(arrived);
      toast(arrived);
    },
    [toast],
  );
  const state = useLiveNotifications('ws', onArrival);
  const { unreadCount } = useNotifications('all');
  useWorkflowList('inbox');
  return (
    <p>
      {state}, {unreadCount} unread
    </p>
  );
}

/** Renders the bell with its live connection standing; `store` is what REST answers with. */
async function connected(store: string[]) {
  handedOver.mockClear();
  let events: TransportEvents | undefined;
  vi.mocked(openMqtt).mockImplementation((_session, _scheme, given) => {
    events = given;
    return Promise.resolve({ close: () => undefined });
  });
  const made = stubApi({
    'POST /notifications/sessions': () =>
      Response.json({ credentials: { expiration: '2099-01-01T00:00:00Z' } }),
    'GET /notifications': () =>
      Response.json({ items: store.map(notification), unreadCount: store.length, cursor: null }),
    'GET /workflows': () => Response.json({ items: [], cursor: null }),
  });
  renderConsole(<Bell />);
  await waitFor(() => expect(events).toBeDefined());
  await screen.findByText(`connecting, ${store.length} unread`);
  const connect = () => act(() => events?.onConnected());
  connect();
  await screen.findByText(/^live/);
  const receive = (text: string) => act(() => events?.onMessage(text));
  return { made, receive, connect };
}

const toasts = () => screen.queryAllByRole('status');

describe('a notification that arrives', () => {
  it('is toasted once, however often it is delivered, and leads to its workflow', async () => {
    const { receive } = await connected([]);
    receive(payload('n-1'));
    receive(payload('n-1'));
    expect(handedOver).toHaveBeenCalledOnce();
    expect(toasts()).toHaveLength(1);
    expect(toasts()[0]).toHaveTextContent('Rana asks you to approve “Laptops n-1”.');
    expect(screen.getByRole('link', { name: 'View workflow' })).toHaveAttribute('href', '#/workflows/w-1');
  });

  it('is not toasted when REST had brought it already', async () => {
    const { receive } = await connected(['n-1']);
    await screen.findByText('live, 1 unread');
    receive(payload('n-1'));
    expect(toasts()).toHaveLength(0);
  });

  it('is toasted though the message before it had brought it already', async () => {
    const store: string[] = [];
    const { receive } = await connected(store);
    store.push('n-1', 'n-2');
    receive(payload('n-1'));
    await screen.findByText('live, 2 unread');
    receive(payload('n-2'));
    expect(toasts()).toHaveLength(2);
  });

  it('is not toasted again after a reconnect', async () => {
    const store: string[] = [];
    const { receive, connect } = await connected(store);
    store.push('n-1');
    receive(payload('n-1'));
    connect();
    receive(payload('n-1'));
    expect(toasts()).toHaveLength(1);
  });

  it('raises the unread count without a reload', async () => {
    const store: string[] = [];
    const { receive } = await connected(store);
    await screen.findByText('live, 0 unread');
    store.push('n-1');
    receive(payload('n-1'));
    expect(await screen.findByText('live, 1 unread')).toBeVisible();
  });

  it('is ignored when it is no notification', async () => {
    const { receive } = await connected([]);
    receive('{}');
    expect(toasts()).toHaveLength(0);
  });
});

it('fetches what was missed on every connect, and what it changed', async () => {
  const { made, connect } = await connected([]);
  const fetched = (part: string) => made.filter((request) => request.url.includes(part)).length;
  await waitFor(() => expect(fetched('status=all')).toBe(2));
  await waitFor(() => expect(fetched('view=inbox')).toBe(2));
  connect();
  await waitFor(() => expect(fetched('status=all')).toBe(3));
  await waitFor(() => expect(fetched('view=inbox')).toBe(3));
});
