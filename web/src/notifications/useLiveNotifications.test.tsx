// @vitest-environment jsdom
import { act, screen, waitFor } from '@testing-library/react';
import { useCallback } from 'react';
import { describe, expect, it, vi } from 'vitest';
import type { Notification } from '../api/types';
import { fakeIdentityProvider, renderConsole, stubApi } from '../testing/renderConsole';
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
  workflowId: `w-${id}`,
  title: `Laptops ${id}`,
  round: 1,
  sequence: 1,
  actionOwner: { type: 'user', id: 'u', name: 'Rana' },
  read: false,
});
const payload = (id: string, fields: Partial<Notification> = {}) =>
  JSON.stringify({ notificationId: id, notification: { ...notification(id), ...fields } });

const onNotification = vi.fn<(notification: Notification) => void>();

function Bell() {
  const toast = useToasts();
  const handleNotification = useCallback(
    (notification: Notification) => {
      onNotification(notification);
      toast(notification);
    },
    [toast],
  );
  const state = useLiveNotifications('ws', handleNotification);
  const { unreadCount } = useNotifications('all');
  useWorkflowList('inbox');
  return (
    <p>
      {state}, {unreadCount} unread
    </p>
  );
}

/** Render the bell with an open live connection. `stored` has the IDs that the REST API returns. */
async function renderConnected(stored: string[], identityProvider = fakeIdentityProvider()) {
  onNotification.mockClear();
  let events: TransportEvents | undefined;
  vi.mocked(openMqtt).mockImplementation((_session, _scheme, transportEvents) => {
    events = transportEvents;
    return Promise.resolve({ close: () => undefined });
  });
  const requests = stubApi({
    'POST /notifications/sessions': () =>
      Response.json({ credentials: { expiration: '2099-01-01T00:00:00Z' } }),
    'GET /notifications': () =>
      Response.json({ items: stored.map(notification), unreadCount: stored.length, cursor: null }),
    'GET /workflows': () => Response.json({ items: [], cursor: null }),
  });
  renderConsole(<Bell />, identityProvider);
  await waitFor(() => expect(events).toBeDefined());
  await screen.findByText(`connecting, ${stored.length} unread`);
  const connect = () => act(() => events?.onConnected());
  connect();
  await screen.findByText(/^live/);
  const receive = (text: string) => act(() => events?.onMessage(text));
  return { requests, receive, connect };
}

const toasts = () => screen.queryAllByRole('status');

describe('an incoming notification', () => {
  it('is shown once, even if it is delivered twice, with a link to its workflow', async () => {
    const { receive } = await renderConnected([]);
    receive(payload('n-1'));
    receive(payload('n-1'));
    expect(onNotification).toHaveBeenCalledOnce();
    expect(toasts()).toHaveLength(1);
    expect(toasts()[0]).toHaveTextContent('Rana asks you to approve “Laptops n-1”.');
    expect(screen.getByRole('link', { name: 'View workflow' })).toHaveAttribute('href', '#/workflows/w-n-1');
  });

  it('is not shown if it was fetched before the connection opened', async () => {
    const { receive } = await renderConnected(['n-1']);
    await screen.findByText('live, 1 unread');
    receive(payload('n-1'));
    expect(toasts()).toHaveLength(0);
  });

  it('is shown even if an earlier message already made the page fetch it', async () => {
    const stored: string[] = [];
    const { receive } = await renderConnected(stored);
    stored.push('n-1', 'n-2');
    receive(payload('n-1'));
    await screen.findByText('live, 2 unread');
    receive(payload('n-2'));
    expect(toasts()).toHaveLength(2);
  });

  it('replaces an earlier one about the same workflow', async () => {
    const { receive } = await renderConnected([]);
    receive(payload('n-1', { workflowId: 'w', sequence: 1 }));
    receive(payload('n-3', { workflowId: 'w', sequence: 3 }));
    receive(payload('n-2', { workflowId: 'w', sequence: 2 }));
    expect(toasts()).toHaveLength(1);
    expect(toasts()[0]).toHaveTextContent('“Laptops n-3”');
  });

  it('is not shown again after a reconnect', async () => {
    const stored: string[] = [];
    const { receive, connect } = await renderConnected(stored);
    stored.push('n-1');
    receive(payload('n-1'));
    connect();
    receive(payload('n-1'));
    expect(toasts()).toHaveLength(1);
  });

  it('raises the unread count without a reload', async () => {
    const stored: string[] = [];
    const { receive } = await renderConnected(stored);
    await screen.findByText('live, 0 unread');
    stored.push('n-1');
    receive(payload('n-1'));
    expect(await screen.findByText('live, 1 unread')).toBeVisible();
  });

  it('is ignored if it is not a notification', async () => {
    const { receive } = await renderConnected([]);
    receive('{}');
    expect(toasts()).toHaveLength(0);
  });
});

it('every new connection fetches notifications and workflow lists again', async () => {
  const { requests, connect } = await renderConnected([]);
  const countRequests = (part: string) => requests.filter((request) => request.url.includes(part)).length;
  await waitFor(() => expect(countRequests('status=all')).toBe(2));
  await waitFor(() => expect(countRequests('view=inbox')).toBe(2));
  connect();
  await waitFor(() => expect(countRequests('status=all')).toBe(3));
  await waitFor(() => expect(countRequests('view=inbox')).toBe(3));
});

it('a new connection uses a token that was refreshed since the first one', async () => {
  let token = 'first';
  const identityProvider = fakeIdentityProvider({ getIdToken: () => Promise.resolve(token) });
  const { requests } = await renderConnected([], identityProvider);
  token = 'second';
  act(() => void window.dispatchEvent(new Event('online')));
  const tokens = () =>
    requests
      .filter((request) => request.url.endsWith('/notifications/sessions'))
      .map((request) => request.headers.get('authorization'));
  await waitFor(() => expect(tokens()).toEqual(['Bearer first', 'Bearer second']));
});
