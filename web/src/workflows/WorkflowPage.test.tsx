// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Hold, VerifiableRecord } from '../api/types';
import { SplitPanelProvider } from '../components/SplitPanelProvider';
import { accessibilityViolations } from '../testing/axe';
import { createFakeLog } from '../testing/fakeLog';
import { buildChain, buildErasure, eraseParts, historyEntryOf, workflowAfter } from '../testing/records';
import { ADA, fakeIdentityProvider, renderConsole, stubApi } from '../testing/renderConsole';
import { proofHandlers } from '../testing/stubProof';
import WorkflowPage from './WorkflowPage';

type Handler = Parameters<typeof stubApi>[0][string];

const HOLDS = 'GET /audit-trail/holds';

const hold: Hold = { workflowId: 'w-1', reason: 'Case 17', by: 'u-admin', at: '2026-01-02T03:04:05Z' };

const chain = () =>
  buildChain(
    { actionType: 'REQUEST', outcome: 'PENDING' },
    { actionType: 'REJECT', outcome: 'REJECTED', comment: 'Too expensive' },
  );

async function setUp(records: VerifiableRecord[], keys?: CryptoKeyPair) {
  const log = await createFakeLog(keys);
  const erasure = await buildErasure(
    records.map(({ datasetId }) => ({ datasetId, parts: ['person', 'content'] })),
  );
  for (const { datasetId, hash } of [...records, erasure]) await log.add(datasetId, hash);
  return {
    ...proofHandlers(log, records, [erasure]),
    'GET /schemes': () => Response.json({ items: [], cursor: null }),
    'GET /workflows/w-1': () =>
      Response.json({ ...workflowAfter(records), allowedActions: ['SAVE', 'REQUEST'] }),
    'GET /workflows/w-1/history': () => Response.json({ items: records.map(historyEntryOf), cursor: null }),
    [HOLDS]: () => Response.json({ items: [], cursor: null }),
  };
}

/** What the workflow service returns after everything was erased. */
async function setUpErased(keys?: CryptoKeyPair) {
  const records = await chain();
  const entries = records.map((record) => {
    const entry = historyEntryOf(record);
    const actionOwner = { ...entry.actionOwner, name: '', erased: true };
    return { ...entry, actionOwner, title: '', comment: null, contentErased: true };
  });
  const workflow = {
    ...workflowAfter(records),
    title: '',
    data: {},
    contentErased: true,
    requester: { userId: 'u-ada', name: '', erased: true },
    allowedActions: ['REQUEST'],
  };
  const erased = records.map((record) => eraseParts(record, ['person', 'content'], 'e-1'));
  const handlers = await setUp(records, keys);
  for (const record of erased) {
    Object.assign(handlers, { [`GET /audit-trail/${record.datasetId}`]: () => Response.json(record) });
  }
  return {
    ...handlers,
    'GET /workflows/w-1': () => Response.json(workflow),
    'GET /workflows/w-1/history': () => Response.json({ items: entries, cursor: null }),
  };
}

function renderPage(handlers: Parameters<typeof stubApi>[0], groups: string[] = [], userId = 'u-other') {
  const requests = stubApi(handlers);
  const router = createMemoryRouter([{ path: '/workflows/:workflowId', element: <WorkflowPage /> }], {
    initialEntries: ['/workflows/w-1'],
  });
  const { container, unmount } = renderConsole(
    <SplitPanelProvider>{() => <RouterProvider router={router} />}</SplitPanelProvider>,
    fakeIdentityProvider({ restore: () => Promise.resolve({ ...ADA, userId, groups }) }),
  );
  return { container, unmount, requests };
}

afterEach(() => void vi.useRealTimers());

const badge = () => screen.findByRole('status', { name: 'Proof' });
const dialog = () => screen.findByRole('dialog');

describe('the page of an erased workflow', () => {
  it('says what was erased, has no actions, and its proof is valid', async () => {
    const { container } = renderPage(await setUpErased(), ['auditors']);
    expect(await screen.findByRole('heading', { level: 1, name: 'Erased' })).toBeVisible();
    expect(screen.getByText(/^The title, the data, and the comments were erased/)).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Resubmit' })).not.toBeInTheDocument();
    const history = within(await screen.findByRole('list', { name: 'History' }));
    expect(history.getAllByText(/by Erased/)).toHaveLength(2);
    expect(history.getAllByText('Comment and data: erased')).toHaveLength(2);
    await waitFor(async () => expect(await badge()).toHaveTextContent('Verified in this browser'));
    expect(await badge()).toHaveTextContent('Erased: person, content.');
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('checks a record again of which a part was erased since', async () => {
    vi.useFakeTimers({ shouldAdvanceTime: true });
    const records = await chain();
    const { keys } = await createFakeLog();
    const before = await setUp(records, keys);
    const after = await setUpErased(keys);
    let isErased = false;
    const handlers = Object.fromEntries(
      Object.entries<Handler>(before).map(([name, handler]) => [
        name,
        (request: Request) => ((isErased && (after as Record<string, Handler>)[name]) || handler)(request),
      ]),
    );
    renderPage(handlers, ['auditors']);
    await waitFor(async () => expect(await badge()).toHaveTextContent('Verified in this browser'));
    expect(screen.getByRole('heading', { level: 1, name: 'Laptops' })).toBeVisible();
    isErased = true;
    // What was fetched is fresh for five seconds.
    await vi.advanceTimersByTimeAsync(5_100);
    window.dispatchEvent(new Event('visibilitychange'));
    expect(await screen.findByRole('heading', { level: 1, name: 'Erased' })).toBeVisible();
    await waitFor(async () => expect(await badge()).toHaveTextContent('Erased: person, content.'));
    expect(await badge()).toHaveTextContent('Verified in this browser');
  });
});

describe('the page of a workflow in its second round', () => {
  async function setUpSecondRound() {
    const records = await buildChain(
      { actionType: 'REQUEST', outcome: 'PENDING', after: { amount: 12 } },
      { actionType: 'REJECT', outcome: 'REJECTED', comment: 'Too expensive' },
      { actionType: 'REQUEST', outcome: 'PENDING', before: { amount: 12 }, after: { amount: 9 } },
    );
    const round = (number: number, title: string, amount: number) => ({
      round: number,
      version: 1,
      requestedAt: '2026-01-02T03:04:05Z',
      requestedBy: { userId: 'u-ada', name: 'Ada' },
      title,
      data: { amount },
    });
    return {
      ...(await setUp(records)),
      'GET /workflows/w-1': () =>
        Response.json({
          ...workflowAfter(records),
          round: 2,
          approvers: { users: [{ userId: 'u-bo', name: 'Bo' }], groups: [] },
          allowedActions: ['APPROVE', 'REJECT'],
        }),
      'GET /workflows/w-1/rounds': () =>
        Response.json({ items: [round(2, 'Laptops', 9), round(1, 'Notebooks', 12)], cursor: null }),
    };
  }

  it('shows the status, who approves, and what changed since the round before', async () => {
    const { container } = renderPage(await setUpSecondRound());
    expect(await screen.findByRole('status', { name: 'Status' })).toHaveTextContent('Waiting for approval');
    expect(screen.getByText('Bo')).toBeVisible();
    const changes = within(await screen.findByRole('list', { name: 'Changes since round 1' }));
    const [title, amount] = changes.getAllByRole('listitem');
    expect(title).toHaveTextContent('Title changedBefore:NotebooksAfter:Laptops');
    expect(amount).toHaveTextContent('amount changedBefore:12After:9');
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('has the history with the newest entry first, and what it changed', async () => {
    renderPage(await setUpSecondRound());
    const history = within(await screen.findByRole('list', { name: 'History' }));
    const headers = history
      .getAllByText(/^(Requested approval|Rejected)$/)
      .map(({ textContent }) => textContent);
    expect(headers).toEqual(['Requested approval', 'Rejected', 'Requested approval']);
    await userEvent.click(await history.findByRole('button', { name: 'Changed 1 value' }));
    const changes = within(history.getByRole('list', { name: 'Changed 1 value' }));
    expect(changes.getByRole('listitem')).toHaveTextContent('amount changedBefore:12After:9');
  });
});

it('a form with unsaved changes is open again after a reload', async () => {
  const handlers = await setUp(await chain());
  const { unmount } = renderPage(handlers);
  await userEvent.click(await screen.findByRole('button', { name: 'Edit' }));
  await userEvent.type(await screen.findByLabelText('Title'), '!');
  unmount();
  renderPage(handlers);
  expect(await screen.findByLabelText('Title')).toHaveValue('Laptops!');
});

describe('the legal hold of a workflow', () => {
  it('is placed by an administrator', async () => {
    let items: Hold[] = [];
    const { requests } = renderPage(
      {
        ...(await setUp(await chain())),
        [HOLDS]: () => Response.json({ items, cursor: null }),
        'PUT /audit-trail/holds/w-1': () => {
          items = [hold];
          return Response.json(hold);
        },
      },
      ['admins'],
    );
    await userEvent.click(await screen.findByRole('button', { name: 'Place hold' }));
    await userEvent.click(within(await dialog()).getByRole('textbox', { name: 'Reason' }));
    await userEvent.paste('Case 17');
    await userEvent.click(within(await dialog()).getByRole('button', { name: 'Place hold' }));
    expect(await screen.findByText('On hold: nothing is erased')).toBeVisible();
    expect(screen.getByText('Case 17')).toBeVisible();
    expect(screen.getByRole('button', { name: 'Release hold' })).toBeVisible();
    const put = requests.find(({ method }) => method === 'PUT');
    expect(await put?.json()).toEqual({ reason: 'Case 17' });
  });

  it('is found on any page of the list, and auditors only read it', async () => {
    const { requests } = renderPage(
      {
        ...(await setUp(await chain())),
        [HOLDS]: ({ url }) =>
          new URL(url).searchParams.has('cursor')
            ? Response.json({ items: [hold], cursor: null })
            : Response.json({ items: [{ ...hold, workflowId: 'w-0' }], cursor: 'next' }),
      },
      ['auditors'],
    );
    expect(await screen.findByText('Case 17')).toBeVisible();
    expect(screen.queryByRole('button', { name: 'Release hold' })).not.toBeInTheDocument();
    expect(requests.filter(({ url }) => url.includes('/holds'))).toHaveLength(2);
  });

  it('is not shown to others', async () => {
    const { requests } = renderPage(await setUp(await chain()));
    expect(await screen.findByRole('heading', { level: 1, name: 'Laptops' })).toBeVisible();
    expect(screen.queryByText('Legal hold')).not.toBeInTheDocument();
    expect(requests.filter(({ url }) => url.includes('/holds'))).toHaveLength(0);
  });
});
