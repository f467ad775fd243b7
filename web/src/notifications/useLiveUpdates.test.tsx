// @vitest-environment jsdom
import { act, screen, waitFor } from '@testing-library/react';
import { describe, expect, it, vi } from 'vitest';
import type { Notification, WorkflowSummary } from '../api/types';
import { ADA, fakeIdentityProvider, renderConsole, stubApi } from '../testing/renderConsole';
import { useWorkflowList } from '../work/queries';
import { useWorkflow } from '../workflows/queries';
import type { TransportEvents } from './liveConnection';
import { openMqtt } from './mqttTransport';
import { useNotifications } from './queries';
import type { ListedNotification } from './types';
import { useLiveUpdates } from './useLiveUpdates';
import { useToasts } from './useToasts';

vi.mock('./mqttTransport');

const notification = (id: string, fields: Partial<Notification> = {}) => ({
  notificationId: id,
  type: 'APPROVAL_REQUESTED',
  workflowId: `w-${id}`,
  title: `Laptops ${id}`,
  stepId: 'manager',
  round: 1,
  sequence: 1,
  actionOwner: { type: 'user', id: 'u', name: 'Rana' },
  createdAt: '2020-01-10T09:00:00Z',
  read: false,
  ...fields,
});
const message = (id: string, fields: Partial<Notification> = {}) =>
  JSON.stringify({ messageType: 'notification', notificationId: id, notification: notification(id, fields) });
const changed = (workflowId: string, version: number) =>
  JSON.stringify({ messageType: 'changed', workflowId, version, occurredAt: '2026-01-10T09:00:00Z' });

const workflow = (workflowId: string, fields: Partial<WorkflowSummary> = {}) => ({
  workflowId,
  title: `Title of ${workflowId}`,
  status: 'PENDING',
  stepId: 'manager',
  round: 1,
  version: 1,
  requester: { userId: 'u', name: 'Rana' },
  allowedActions: ['APPROVE', 'REJECT'],
  updatedAt: '2026-01-10T09:00:00Z',
  preview: [],
  decidedBy: [],
  ...fields,
});
const approvedByBo = (workflowId: string) =>
  workflow(workflowId, {
    status: 'APPROVED',
    version: 2,
    allowedActions: [],
    decidedBy: [
      {
        userId: 'u-bo',
        name: 'Bo',
        actionType: 'APPROVE',
        stepId: 'manager',
        round: 1,
        at: '2026-01-10T09:05:00Z',
      },
    ],
  });

const onShowAll = vi.fn<() => void>();

function Bell({ openWorkflowId }: { openWorkflowId?: string }) {
  const { showNotification, showMissed } = useToasts({ openWorkflowId, onShowAll });
  const { state, hasStarted, unreadCount } = useLiveUpdates('ws', {
    onNotification: showNotification,
    onMissed: showMissed,
  });
  const { data } = useNotifications('all', hasStarted);
  const inbox = useWorkflowList('inbox');
  const newest: ListedNotification | undefined = data?.items[0];
  return (
    <>
      <p>
        {state}, {unreadCount} unread
      </p>
      <p>Inbox: {inbox.data?.items.map(({ title }) => title).join(', ')}</p>
      <p>Resolved by {newest?.resolution?.by.name}</p>
    </>
  );
}

interface Service {
  notifications: ReturnType<typeof notification>[];
  inbox: ReturnType<typeof workflow>[];
  workflows: ReturnType<typeof workflow>[];
}

/** Render the bell with an open live connection. Tests change what the service returns. */
async function renderConnected(
  initial: Partial<Service> = {},
  identityProvider = fakeIdentityProvider(),
  bell = <Bell />,
) {
  let events: TransportEvents | undefined;
  vi.mocked(openMqtt).mockImplementation((_session, _scheme, transportEvents) => {
    events = transportEvents;
    return Promise.resolve({ close: () => undefined });
  });
  const service: Service = { notifications: [], inbox: [], workflows: [], ...initial };
  const handlers: Record<string, () => Response> = {
    'POST /notifications/sessions': () =>
      Response.json({ credentials: { expiration: '2099-01-01T00:00:00Z' } }),
    'GET /notifications': () => {
      const items = service.notifications;
      return Response.json({ items, unreadCount: items.filter(({ read }) => !read).length, cursor: null });
    },
    'GET /workflows': () => Response.json({ items: service.inbox, cursor: null }),
  };
  for (const id of ['w-1', 'w-2', 'w-n-1', 'w-n-2']) {
    handlers[`GET /workflows/${id}`] = () => {
      const found = service.workflows.find(({ workflowId }) => workflowId === id);
      return found ? Response.json(found) : Response.json({ title: 'Not found' }, { status: 404 });
    };
  }
  const requests = stubApi(handlers);
  renderConsole(bell, identityProvider);
  await waitFor(() => expect(events).toBeDefined());
  const connect = () => act(() => events?.onConnected());
  connect();
  await screen.findByText(`live, ${service.notifications.filter(({ read }) => !read).length} unread`);
  await waitFor(() => expect(count(requests, 'GET /notifications')).toBe(1));
  const receive = (text: string) => act(() => events?.onMessage(text));
  return { service, requests, receive, connect };
}

const nameOf = ({ method, url }: Request) => `${method} ${new URL(url).pathname}`;
const count = (requests: Request[], name: string) => requests.filter((each) => nameOf(each) === name).length;
const toasts = () => screen.queryAllByRole('status');
/** Long enough for a request that must not be sent. */
const settle = () => act(() => new Promise((resolve) => setTimeout(resolve, 50)));

describe('the start', () => {
  it('fetches each list once', async () => {
    const { requests } = await renderConnected({ notifications: [notification('n-1')] });
    await settle();
    expect(requests.map(nameOf).sort()).toEqual([
      'GET /notifications',
      'GET /workflows',
      'POST /notifications/sessions',
    ]);
  });

  it('fetches what has changed since the list of workflows was fetched', async () => {
    await renderConnected({
      notifications: [notification('n-1', { workflowId: 'w-1', createdAt: new Date().toISOString() })],
      workflows: [workflow('w-1')],
    });
    expect(await screen.findByText('Inbox: Title of w-1')).toBeVisible();
  });

  it('works without a live connection', async () => {
    vi.mocked(openMqtt).mockImplementation(() => Promise.reject(new Error('blocked')));
    stubApi({
      'GET /notifications': () =>
        Response.json({ items: [notification('n-1')], unreadCount: 1, cursor: null }),
      'GET /workflows': () => Response.json({ items: [], cursor: null }),
    });
    renderConsole(<Bell />);
    expect(await screen.findByText('reconnecting, 1 unread')).toBeVisible();
  });
});

describe('an incoming notification', () => {
  it('is shown once, even if it is delivered twice, with a link to its workflow', async () => {
    const { receive } = await renderConnected();
    receive(message('n-1'));
    receive(message('n-1'));
    expect(toasts()).toHaveLength(1);
    expect(toasts()[0]).toHaveTextContent('Rana asks you to approve “Laptops n-1”.');
    expect(screen.getByRole('link', { name: 'View workflow' })).toHaveAttribute('href', '#/workflows/w-n-1');
  });

  it('is not shown if it was fetched before', async () => {
    const { receive } = await renderConnected({ notifications: [notification('n-1')] });
    receive(message('n-1'));
    expect(toasts()).toHaveLength(0);
  });

  it('replaces an earlier one about the same workflow', async () => {
    const { receive } = await renderConnected({ workflows: [workflow('w-1', { version: 3 })] });
    receive(message('n-1', { workflowId: 'w-1', sequence: 1 }));
    receive(message('n-3', { workflowId: 'w-1', sequence: 3 }));
    receive(message('n-2', { workflowId: 'w-1', sequence: 2 }));
    expect(toasts()).toHaveLength(1);
    expect(toasts()[0]).toHaveTextContent('“Laptops n-3”');
  });

  it('raises the unread count and adds its workflow to the inbox, with one request', async () => {
    const { receive, service, requests } = await renderConnected();
    service.workflows.push(workflow('w-n-1'));
    const before = requests.length;
    receive(message('n-1'));
    receive(changed('w-n-1', 1));
    expect(await screen.findByText('Inbox: Title of w-n-1')).toBeVisible();
    expect(screen.getByText('live, 1 unread')).toBeVisible();
    await settle();
    expect(requests.slice(before).map(nameOf)).toEqual(['GET /workflows/w-n-1']);
  });

  it('is ignored if it is not a notification', async () => {
    const { receive, requests } = await renderConnected();
    const before = requests.length;
    receive('{}');
    await settle();
    expect(toasts()).toHaveLength(0);
    expect(requests).toHaveLength(before);
  });

  it('about the workflow on the page has no link to it', async () => {
    const { receive } = await renderConnected({}, undefined, <Bell openWorkflowId="w-n-1" />);
    receive(message('n-1'));
    expect(toasts()).toHaveLength(1);
    expect(screen.queryByRole('link', { name: 'View workflow' })).not.toBeInTheDocument();
  });
});

describe('a decision of someone else', () => {
  const waiting = { notifications: [notification('n-1', { workflowId: 'w-1' })], inbox: [workflow('w-1')] };

  it('removes the workflow from the inbox, says who decided, and costs one request', async () => {
    const { service, receive, requests } = await renderConnected(waiting);
    await screen.findByText('Inbox: Title of w-1');
    service.workflows.push(approvedByBo('w-1'));
    const before = requests.length;
    receive(changed('w-1', 2));
    receive(changed('w-1', 2));
    expect(await screen.findByText('Inbox:')).toBeVisible();
    expect(screen.getByText('Resolved by Bo')).toBeVisible();
    expect(screen.getByText('live, 0 unread')).toBeVisible();
    await settle();
    expect(requests.slice(before).map(nameOf)).toEqual(['GET /workflows/w-1']);
  });

  it('removes the message that asks for a decision', async () => {
    const { service, receive } = await renderConnected();
    service.workflows.push(workflow('w-1'));
    receive(message('n-1', { workflowId: 'w-1' }));
    await screen.findByText('Inbox: Title of w-1');
    expect(toasts()).toHaveLength(1);
    service.workflows[0] = approvedByBo('w-1');
    receive(changed('w-1', 2));
    await waitFor(() => expect(toasts()).toHaveLength(0));
  });

  it('is not fetched again if the page has this version already', async () => {
    const { receive, requests } = await renderConnected({ inbox: [workflow('w-1', { version: 2 })] });
    await screen.findByText('Inbox: Title of w-1');
    const before = requests.length;
    receive(changed('w-1', 2));
    await settle();
    expect(requests).toHaveLength(before);
  });

  it('updates the page that shows the workflow', async () => {
    function Page() {
      const { data } = useWorkflow('w-1');
      return <p>Status: {data?.workflow.status}</p>;
    }
    const service = { workflows: [workflow('w-1')] };
    const { receive } = await renderConnected(
      service,
      undefined,
      <>
        <Bell />
        <Page />
      </>,
    );
    await screen.findByText('Status: PENDING');
    service.workflows[0] = approvedByBo('w-1');
    receive(changed('w-1', 2));
    expect(await screen.findByText('Status: APPROVED')).toBeVisible();
  });

  it('removes a workflow that the user may no longer see', async () => {
    const { receive } = await renderConnected(waiting);
    await screen.findByText('Inbox: Title of w-1');
    receive(changed('w-1', 2));
    expect(await screen.findByText('Inbox:')).toBeVisible();
  });
});

describe('a new connection', () => {
  it('fetches notifications and workflow lists again', async () => {
    const { requests, connect } = await renderConnected();
    connect();
    await waitFor(() => expect(count(requests, 'GET /notifications')).toBe(2));
    await waitFor(() => expect(count(requests, 'GET /workflows')).toBe(2));
  });

  it('shows the one notification that was missed', async () => {
    const { service, connect } = await renderConnected();
    service.notifications.push(notification('n-1'));
    connect();
    await waitFor(() => expect(toasts()).toHaveLength(1));
    expect(toasts()[0]).toHaveTextContent('“Laptops n-1”');
  });

  it('summarizes several that were missed in one message', async () => {
    const { service, connect } = await renderConnected({ notifications: [notification('n-0')] });
    service.notifications.unshift(
      notification('n-1'),
      notification('n-2'),
      notification('n-3', { read: true }),
    );
    connect();
    await waitFor(() => expect(toasts()).toHaveLength(1));
    expect(toasts()[0]).toHaveTextContent('While live updates were interrupted: 2 new notifications');
    screen.getByRole('button', { name: 'Show notifications' }).click();
    expect(onShowAll).toHaveBeenCalledOnce();
    await waitFor(() => expect(toasts()).toHaveLength(0));
  });

  it('uses a token that was refreshed since the first one', async () => {
    let token = 'first';
    const identityProvider = fakeIdentityProvider({ getIdToken: () => Promise.resolve(token) });
    const { requests } = await renderConnected({}, identityProvider);
    token = 'second';
    act(() => void window.dispatchEvent(new Event('online')));
    const tokens = () =>
      requests
        .filter((request) => request.url.endsWith('/notifications/sessions'))
        .map((request) => request.headers.get('authorization'));
    await waitFor(() => expect(tokens()).toEqual(['Bearer first', 'Bearer second']));
  });
});

it('what is read in another tab is read in this one, and its message disappears', async () => {
  const { receive } = await renderConnected();
  receive(message('n-1'));
  expect(toasts()).toHaveLength(1);
  const channel = new BroadcastChannel(`countersign.notifications.${ADA.userId}`);
  channel.postMessage({ kind: 'one', notificationId: 'n-1', read: true });
  channel.close();
  expect(await screen.findByText('live, 0 unread')).toBeVisible();
  await waitFor(() => expect(toasts()).toHaveLength(0));
});
