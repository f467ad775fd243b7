// @vitest-environment jsdom
import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http } from 'msw';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { WorkflowSummary } from '../api/types';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { followWorkflows } from '../api/workflowLists';
import { SplitPanelProvider } from '../components/SplitPanelProvider';
import { accessibilityViolations } from '../testing/axe';
import { ADA, goOffline, renderConsole, stubApi } from '../testing/renderConsole';
import { server } from '../testing/server';
import WorkPage from './WorkPage';

const row = (id: string, title: string, fields: Partial<WorkflowSummary> = {}) => ({
  workflowId: id,
  title,
  scheme: 'purchase',
  schemeVersion: 1,
  status: 'PENDING',
  stepId: 'manager',
  round: 1,
  version: 2,
  approvers: { users: [], groups: [] },
  requester: { userId: 'u-rana', name: 'Rana' },
  createdAt: '2026-01-10T09:00:00Z',
  updatedAt: '2026-01-10T09:00:00Z',
  allowedActions: ['APPROVE', 'REJECT'],
  preview: [{ name: 'amount', value: '420.5' }],
  decidedBy: [],
  ...fields,
});
const THREE = [row('w-1', 'Laptops'), row('w-2', 'Chairs'), row('w-3', 'Ängste')];

interface Decided {
  workflowId: string;
  ifMatch: string | null;
  body: unknown;
}

/** The service with an inbox: decisions remove workflows from it. */
function stubService(rows: ReturnType<typeof row>[] = THREE, results: Record<string, () => Response> = {}) {
  const decided: Decided[] = [];
  const handlers: Parameters<typeof stubApi>[0] = {
    'GET /workflows': ({ url }) => {
      const params = new URL(url).searchParams;
      const first = Number(params.get('cursor') ?? 0);
      const last = first + Number(params.get('limit'));
      const items = params.get('view') === 'inbox' ? rows : [];
      return Response.json({
        items: items.slice(first, last),
        cursor: last < items.length ? String(last) : null,
      });
    },
    'GET /schemes': () =>
      Response.json({ items: [{ schemeId: 'purchase', name: 'Purchase', version: 1 }], cursor: null }),
  };
  for (const each of rows) {
    const path = `/workflows/${each.workflowId}`;
    handlers[`GET ${path}`] = () => Response.json({ ...each, data: { amount: 420.5, note: 'Urgent' } });
    handlers[`GET ${path}/history`] = () =>
      Response.json({
        items: [{ sequence: 2, actionType: 'REQUEST', comment: `Please decide ${each.title}` }],
        cursor: null,
      });
    handlers[`POST ${path}/actions`] = async (request) => {
      const body: unknown = await request.json();
      decided.push({ workflowId: each.workflowId, ifMatch: request.headers.get('if-match'), body });
      return (
        results[each.workflowId]?.() ??
        Response.json({
          ...each,
          status: 'APPROVED',
          version: each.version + 1,
          allowedActions: [],
          data: {},
        })
      );
    };
  }
  return { requests: stubApi(handlers), decided };
}

function Following() {
  const queryClient = useQueryClient();
  useEffect(() => followWorkflows(queryClient, ADA.userId), [queryClient]);
  return null;
}

function renderPage(address = '/work') {
  const router = createMemoryRouter(
    [
      { path: '/work', element: <WorkPage /> },
      { path: '/workflows/:workflowId', element: <p>The page of the workflow</p> },
    ],
    { initialEntries: [address] },
  );
  const view = renderConsole(
    <>
      <Following />
      <SplitPanelProvider>
        {(panel) => (
          <>
            <RouterProvider router={router} />
            {panel && <section aria-label={panel.header}>{panel.content}</section>}
          </>
        )}
      </SplitPanelProvider>
    </>,
  );
  const search = () => new URLSearchParams(router.state.location.search);
  return { router, search, container: view.container };
}

// Not by role, which takes seconds for many rows.
const titles = () =>
  [...document.querySelectorAll('th [data-workflow], td [data-workflow]')].map(
    ({ textContent }) => textContent,
  );
const preview = (title: string) => screen.findByRole('region', { name: title });
const press = (keys: string) => userEvent.keyboard(keys);

beforeEach(() => {
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: false,
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }));
});

describe('the list', () => {
  it('shows key data and the requester, and has no accessibility violations', async () => {
    stubService();
    const { container } = renderPage();
    const first = (await screen.findByRole('link', { name: 'Laptops' })).closest('tr');
    expect(first).toHaveTextContent('amount: 420.5');
    expect(first).toHaveTextContent('Rana');
    expect(screen.queryByRole('columnheader', { name: 'Status' })).not.toBeInTheDocument();
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('takes filter, sort order and selection from the URL', async () => {
    stubService();
    renderPage('/work?view=inbox&q=420&sort=title&selected=w-2');
    await screen.findByRole('link', { name: 'Laptops' });
    expect(titles()).toEqual(['Ängste', 'Chairs', 'Laptops']);
    const shown = await preview('Chairs');
    expect(await within(shown).findByText('Please decide Chairs')).toBeVisible();
    expect(screen.getAllByText('3 matches')[0]).toBeVisible();
  });

  it('ignores what is not valid in the URL', async () => {
    stubService();
    renderPage('/work?view=all&sort=price&page=-1');
    await screen.findByRole('link', { name: 'Laptops' });
    expect(titles()).toEqual(['Laptops', 'Chairs', 'Ängste']);
  });

  it('writes the filter to the URL, and says if nothing matches', async () => {
    stubService();
    const { search } = renderPage();
    await userEvent.type(await screen.findByRole('searchbox', { name: 'Filter' }), 'chair');
    await waitFor(() => expect(titles()).toEqual(['Chairs']));
    expect(search().get('q')).toBe('chair');
    await userEvent.type(screen.getByRole('searchbox', { name: 'Filter' }), 'xyz');
    expect(await screen.findByText('No matches')).toBeVisible();
  });

  it('shows 50 of many rows, and fetches all of them only to filter or sort them', async () => {
    const rows = Array.from({ length: 220 }, (_, n) => row(`w-${n}`, `Request ${n}`));
    const { requests } = stubService(rows);
    renderPage();
    await screen.findByRole('link', { name: 'Request 0' });
    expect(titles()).toHaveLength(50);
    const lists = () => requests.filter(({ url }) => new URL(url).pathname === '/workflows').length;
    expect(lists()).toBe(1);
    await userEvent.type(screen.getByRole('searchbox', { name: 'Filter' }), 'request 219');
    await waitFor(() => expect(titles()).toEqual(['Request 219']));
    expect(screen.getAllByText('1 match')[0]).toBeVisible();
    expect(lists()).toBe(3);
  });
});

describe('the keyboard', () => {
  it('moves the selection, opens the workflow, and keeps the URL in line', async () => {
    stubService();
    const { router, search } = renderPage();
    await screen.findByRole('link', { name: 'Laptops' });
    await press('j');
    await preview('Laptops');
    await press('j');
    await preview('Chairs');
    expect(search().get('selected')).toBe('w-2');
    await waitFor(() => expect(screen.getByRole('link', { name: 'Chairs' })).toHaveFocus());
    await press('k');
    await preview('Laptops');
    await waitFor(() => expect(screen.getByRole('link', { name: 'Laptops' })).toHaveFocus());
    await press('{Enter}');
    expect(await screen.findByText('The page of the workflow')).toBeVisible();
    expect(router.state.location.pathname).toBe('/workflows/w-1');
  });

  it('decides about the selected workflow, and goes on to the next one', async () => {
    const { decided } = stubService();
    renderPage('/work?selected=w-1');
    await preview('Laptops');
    await press('a');
    const dialog = await screen.findByRole('dialog', { name: 'Approve this request' });
    await userEvent.click(within(dialog).getByRole('button', { name: 'Approve' }));
    await preview('Chairs');
    expect(decided).toEqual([{ workflowId: 'w-1', ifMatch: '"2"', body: { actionType: 'APPROVE' } }]);
    expect(titles()).toEqual(['Chairs', 'Ängste']);
    await press('r');
    expect(await screen.findByRole('dialog', { name: 'Reject this request' })).toBeVisible();
  });

  it('has a list of its keys, and can be turned off', async () => {
    stubService();
    const { search } = renderPage();
    await screen.findByRole('link', { name: 'Laptops' });
    await press('?');
    const dialog = await screen.findByRole('dialog', { name: 'Keyboard shortcuts' });
    expect(within(dialog).getByText('Next workflow')).toBeVisible();
    await userEvent.click(within(dialog).getByRole('checkbox', { name: 'Use keyboard shortcuts' }));
    await userEvent.click(within(dialog).getAllByRole('button', { name: 'Close' })[0] ?? dialog);
    await waitFor(() => expect(screen.queryByRole('dialog')).not.toBeInTheDocument());
    await press('j');
    expect(search().get('selected')).toBeNull();
  });

  it('leaves letters to the filter, to which "/" leads', async () => {
    stubService();
    const { search } = renderPage();
    await screen.findByRole('link', { name: 'Laptops' });
    await press('/');
    expect(screen.getByRole('searchbox', { name: 'Filter' })).toHaveFocus();
    await press('jar');
    expect(screen.getByRole('searchbox', { name: 'Filter' })).toHaveValue('jar');
    expect(search().get('selected')).toBeNull();
  });
});

describe('several approvals', () => {
  const open = async () => {
    for (const title of ['Laptops', 'Chairs', 'Ängste']) {
      await userEvent.click(await screen.findByRole('checkbox', { name: `Select ${title}` }));
    }
    await userEvent.click(screen.getByRole('button', { name: 'Approve 3 requests' }));
    return screen.findByRole('dialog', { name: 'Approve 3 requests' });
  };
  const outcome = (dialog: HTMLElement, title: string) =>
    within(dialog)
      .getAllByRole('listitem')
      .find((item) => item.textContent.includes(title));

  it('are sent one by one with the version of the list, and each outcome is shown', async () => {
    const { decided } = stubService(THREE, {
      'w-2': () =>
        Response.json({ type: '/docs/problems/version-stale.md', title: 'Stale' }, { status: 412 }),
    });
    renderPage();
    const dialog = await open();
    await userEvent.type(within(dialog).getByRole('textbox'), 'Fine');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Approve' }));
    expect(await within(dialog).findByText('2 of 3 requests approved.')).toBeVisible();
    expect(outcome(dialog, 'Laptops')).toHaveTextContent('Approved');
    expect(outcome(dialog, 'Chairs')).toHaveTextContent('This workflow has changed');
    expect(outcome(dialog, 'Ängste')).toHaveTextContent('Approved');
    expect(decided.map(({ workflowId, ifMatch }) => [workflowId, ifMatch])).toEqual([
      ['w-1', '"2"'],
      ['w-2', '"2"'],
      ['w-3', '"2"'],
    ]);
    expect(decided[0]?.body).toEqual({ actionType: 'APPROVE', comment: 'Fine' });
    await userEvent.click(within(dialog).getAllByRole('button', { name: 'Close' })[0] ?? dialog);
    await waitFor(() => expect(titles()).toEqual(['Chairs']));
    // Also after leaving the dialog.
    expect(screen.getByText(/“Chairs”: This workflow has changed/)).toBeVisible();
  });

  it('stop at the first one that can not be sent', async () => {
    const { decided } = stubService();
    renderPage();
    const dialog = await open();
    const connection = goOffline();
    await userEvent.click(within(dialog).getByRole('button', { name: 'Approve' }));
    expect(await within(dialog).findByText('0 of 3 requests approved.')).toBeVisible();
    expect(outcome(dialog, 'Chairs')).toHaveTextContent('Not sent');
    act(() => connection.restore());
    await act(() => new Promise((resolve) => setTimeout(resolve, 50)));
    expect(decided).toEqual([]);
  });

  it('can be stopped, but not closed, while one is being sent', async () => {
    let answer: (() => void) | undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    const { decided } = stubService();
    server.use(
      http.post('*/workflows/w-1/actions', async () => {
        await held;
        return undefined;
      }),
    );
    renderPage();
    const dialog = await open();
    await userEvent.click(within(dialog).getByRole('button', { name: 'Approve' }));
    await press('{Escape}');
    expect(dialog).toBeVisible();
    await userEvent.click(within(dialog).getByRole('button', { name: 'Stop' }));
    answer?.();
    expect(await within(dialog).findByText('1 of 3 requests approved.')).toBeVisible();
    expect(decided.map(({ workflowId }) => workflowId)).toEqual(['w-1']);
    expect(outcome(dialog, 'Chairs')).toHaveTextContent('Not sent');
  });
});
