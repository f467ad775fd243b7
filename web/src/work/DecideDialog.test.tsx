// @vitest-environment jsdom
import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import type { Workflow } from '../api/types';
import { NotificationPanel } from '../notifications/NotificationPanel';
import type { ListedNotification } from '../notifications/types';
import { accessibilityViolations } from '../testing/axe';
import { ADA, renderConsole, stubApi } from '../testing/renderConsole';
import { DecideDialog } from './DecideDialog';

const WORKFLOW = {
  workflowId: 'w-1',
  title: 'Laptops',
  status: 'PENDING',
  round: 1,
  stepId: 'manager',
  version: 2,
  requester: { userId: 'u-rana', name: 'Rana' },
  allowedActions: ['APPROVE', 'REJECT'],
  approvers: { users: [], groups: [] },
  preview: [],
  decidedBy: [],
  data: {},
} as unknown as Workflow;

function renderDialog(workflow: () => Workflow, action: 'APPROVE' | 'REJECT' = 'APPROVE', status = 200) {
  const sent: (string | null)[] = [];
  stubApi({
    'GET /workflows/w-1': () => Response.json(workflow()),
    'POST /workflows/w-1/actions': (request) => {
      sent.push(request.headers.get('if-match'));
      return status === 200
        ? Response.json({ ...workflow(), status: 'APPROVED', allowedActions: [], version: 3 })
        : Response.json({ type: '/docs/problems/version-stale.md', title: 'Stale' }, { status });
    },
  });
  const onClose = vi.fn<() => void>();
  const onDone = vi.fn<() => void>();
  renderConsole(<DecideDialog decision={{ workflowId: 'w-1', action }} onClose={onClose} onDone={onDone} />);
  return { sent, onClose, onDone };
}
const click = async (name: string) =>
  userEvent.click(within(await screen.findByRole('dialog')).getByRole('button', { name }));

describe('a decision from a card', () => {
  it('is about the version that the dialog has fetched', async () => {
    const { sent, onDone } = renderDialog(() => WORKFLOW);
    await screen.findByRole('dialog', { name: 'Approve this request' });
    await click('Approve');
    expect(await screen.findByText('You approved “Laptops”.')).toBeVisible();
    expect(sent).toEqual(['"2"']);
    expect(onDone).toHaveBeenCalledOnce();
  });

  it('says who was faster', async () => {
    const decision = {
      userId: 'u-bo',
      name: 'Bo',
      actionType: 'REJECT' as const,
      stepId: 'manager',
      round: 1,
      at: new Date().toISOString(),
    };
    const { onClose } = renderDialog(() => ({
      ...WORKFLOW,
      status: 'REJECTED',
      allowedActions: [],
      decidedBy: [decision],
    }));
    const dialog = await screen.findByRole('dialog', { name: 'No longer waiting for you' });
    expect(dialog).toHaveTextContent('“Laptops” no longer waits for your decision.');
    expect(dialog).toHaveTextContent('Bo rejected it just now.');
    await userEvent.click(within(dialog).getAllByRole('button', { name: 'Close' })[0] ?? dialog);
    expect(onClose).toHaveBeenCalledOnce();
  });

  it('starts again with the latest version and the comment, if the workflow has changed', async () => {
    let version = 2;
    const { sent } = renderDialog(() => ({ ...WORKFLOW, version }), 'REJECT', 412);
    const dialog = await screen.findByRole('dialog', { name: 'Reject this request' });
    await userEvent.type(within(dialog).getByRole('textbox'), 'Too expensive');
    version = 5;
    await click('Reject');
    await userEvent.click(await screen.findByRole('button', { name: 'Review latest version' }));
    expect(await screen.findByRole('textbox')).toHaveValue('Too expensive');
    await click('Reject');
    await screen.findByText('This workflow has changed');
    expect(sent).toEqual(['"2"', '"5"']);
  });
});

describe('the notification panel', () => {
  const notification = (id: string, fields: Partial<ListedNotification> = {}) => ({
    notificationId: id,
    type: 'APPROVAL_REQUESTED',
    workflowId: 'w-1',
    title: 'Laptops',
    round: 1,
    sequence: 1,
    actionOwner: { type: 'user', id: 'u', name: 'Rana' },
    createdAt: new Date().toISOString(),
    read: false,
    resolution: null,
    ...fields,
  });
  const by = (id: string, name: string) => ({
    actionType: 'APPROVE',
    by: { type: 'user', id, name },
    at: new Date().toISOString(),
  });

  function renderPanel(items: ReturnType<typeof notification>[]) {
    const requests = stubApi({
      'GET /notifications': () => Response.json({ items, unreadCount: 1, cursor: null }),
      'POST /notifications/mark-all': () => Response.json({ marked: 1 }),
      'PATCH /notifications/n-1': () => Response.json({ title: 'Unavailable' }, { status: 503 }),
    });
    const onDecide = vi.fn<(workflowId: string, action: string) => void>();
    const { container } = renderConsole(
      <NotificationPanel live="live" hasStarted onNavigate={() => undefined} onDecide={onDecide} />,
    );
    return { requests, onDecide, container };
  }

  it('offers the decision where it waits, and says who decided where it does not', async () => {
    const { onDecide, container } = renderPanel([
      notification('n-1'),
      notification('n-2', { read: true, resolution: by('u-bo', 'Bo') }),
      notification('n-3', { read: true, resolution: by(ADA.userId, 'Ada') }),
    ]);
    const [first, second, third] = await screen.findAllByRole('listitem');
    expect(second).toHaveTextContent('Bo approved it just now.');
    expect(third).toHaveTextContent('You approved it just now.');
    expect(screen.getAllByRole('button', { name: /^Approve:/ })).toHaveLength(1);
    await userEvent.click(within(first ?? container).getByRole('button', { name: /^Reject:/ }));
    expect(onDecide).toHaveBeenCalledWith('w-1', 'REJECT');
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('marks all as read immediately, without fetching them again', async () => {
    const { requests } = renderPanel([notification('n-1')]);
    await screen.findByText('New');
    const before = requests.length;
    await userEvent.click(screen.getByRole('button', { name: 'Mark all as read' }));
    expect(screen.queryByText('New')).not.toBeInTheDocument();
    expect(requests.slice(before).map(({ method }) => method)).toEqual(['POST']);
  });

  it('shows that marking failed, and what is stored', async () => {
    renderPanel([notification('n-1')]);
    await userEvent.click(await screen.findByRole('button', { name: 'Mark as read' }));
    expect(await screen.findByText('Unavailable')).toBeVisible();
    expect(await screen.findByText('New')).toBeVisible();
  });
});
