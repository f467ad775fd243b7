// @vitest-environment jsdom
import I18nProvider from '@cloudscape-design/components/i18n';
import messages from '@cloudscape-design/components/i18n/messages/all.en';
import createWrapper from '@cloudscape-design/components/test-utils/dom';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { describe, expect, it } from 'vitest';
import type { VerifiableRecord } from '../api/types';
import { SplitPanelProvider } from '../components/SplitPanelProvider';
import { accessibilityViolations } from '../testing/axe';
import { createFakeLog } from '../testing/fakeLog';
import { buildChain } from '../testing/records';
import { ADA, fakeIdentityProvider, renderConsole, stubApi } from '../testing/renderConsole';
import { proofHandlers } from '../testing/stubProof';
import AuditPage from './AuditPage';

type Handlers = Parameters<typeof stubApi>[0];

const SEARCH = 'GET /audit-trail';
const WORKFLOW_ID = '0190a0a0-0000-7000-8000-000000000001';

/** A record as the list has it: without contact details and data. */
const listed = ({ datasetId, hash, sealed, person, content, redacted, erased }: VerifiableRecord) => ({
  datasetId,
  hash,
  sealed,
  person: person && { name: person.name },
  content: content && { title: content.title, comment: content.comment },
  redacted,
  erased,
});

const page = (items: unknown[], change = {}) =>
  Response.json({ items, cursor: null, missing: [], ...change });

async function setUp(change: Handlers = {}) {
  const records = await buildChain(
    { title: 'Laptops', after: { amount: 12 } },
    { title: 'Laptops', actionType: 'APPROVE', outcome: 'APPROVED', comment: 'Fine' },
  );
  const log = await createFakeLog();
  for (const { datasetId, hash } of records) await log.add(datasetId, hash);
  const scheme = { schemeId: 'purchase', name: 'Purchase order' };
  const requests = stubApi({
    ...proofHandlers(log, records),
    'GET /schemes': () => Response.json({ items: [scheme], cursor: null }),
    [SEARCH]: () => page(records.map(listed)),
    ...change,
  });
  return { records, requests };
}

const auditor = fakeIdentityProvider({ restore: () => Promise.resolve({ ...ADA, groups: ['auditors'] }) });

function renderPage(search = '', identityProvider = auditor) {
  const router = createMemoryRouter([{ path: '/audit', element: <AuditPage /> }], {
    initialEntries: [`/audit${search}`],
  });
  const result = renderConsole(
    <I18nProvider locale="en" messages={[messages]}>
      <SplitPanelProvider>
        {(panel) => (
          <>
            <RouterProvider router={router} />
            {panel && (
              <section aria-label="Panel">
                <h2>{panel.header}</h2>
                {panel.content}
                <button onClick={panel.close}>Close panel</button>
              </section>
            )}
          </>
        )}
      </SplitPanelProvider>
    </I18nProvider>,
    identityProvider,
  );
  return { ...result, params: () => new URLSearchParams(router.state.location.search) };
}

const searches = (requests: Request[]) =>
  requests
    .map(({ url }) => new URL(url))
    .filter(({ pathname }) => pathname === '/audit-trail')
    .map(({ searchParams }) => Object.fromEntries(searchParams));

const filterBar = () => createWrapper().findPropertyFilter() ?? fail();

/** Enter a text in the filter bar, as typing does. */
function enterFilter(text: string) {
  act(() => filterBar().focus());
  act(() => filterBar().setInputValue(text));
  fireEvent.keyDown(filterBar().findNativeInput().getElement(), { key: 'Enter', keyCode: 13 });
}

const rows = async () =>
  within(await screen.findByRole('table', { name: 'Audit records' })).getAllByRole('row');

describe('the audit trail', () => {
  it('shows who did what and when, with seconds and the time zone', async () => {
    const { requests } = await setUp();
    const { container } = renderPage();
    expect(await rows()).toHaveLength(3);
    const [, first] = await rows();
    expect(first).toHaveTextContent(/Jan 2, 2026.*:04:05.*UTC/);
    expect(first).toHaveTextContent('Ada');
    expect(first).toHaveTextContent('Purchase order');
    expect(searches(requests)).toEqual([{}]);
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('searches with the filters in the URL, and shows them by name', async () => {
    const { requests } = await setUp();
    renderPage(`?scheme=purchase&actionOwner=u-ada&workflowId=${WORKFLOW_ID}&last=24hour&color=red`);
    expect(await rows()).toHaveLength(3);
    const tokens = () =>
      filterBar()
        .findTokens()
        .map((token) => token.getElement().textContent);
    await waitFor(() =>
      expect(tokens()).toEqual([
        expect.stringContaining('Person = Ada'),
        expect.stringContaining('Scheme = Purchase order'),
        expect.stringContaining(`Workflow ID = ${WORKFLOW_ID}`),
      ]),
    );
    expect(screen.getByText('Last 24 hours')).toBeVisible();
    const [query = {}] = searches(requests);
    const { from, ...others } = query;
    expect(others).toEqual({ scheme: 'purchase', actionOwner: 'u-ada', workflowId: WORKFLOW_ID });
    expect(Date.now() - Date.parse(from ?? '')).toBeGreaterThanOrEqual(86_400_000);
    expect(Date.now() - Date.parse(from ?? '')).toBeLessThan(86_400_000 + 60_000);
  });

  it('searches for words that are entered, and closes the record', async () => {
    const { requests } = await setUp();
    const { params } = renderPage('?outcome=APPROVED&record=d-2');
    expect(await screen.findByRole('region', { name: 'Panel' })).toBeVisible();
    enterFilter('expensive');
    await waitFor(() => expect(params().get('text')).toBe('expensive'));
    expect(Object.fromEntries(params())).toEqual({ text: 'expensive', outcome: 'APPROVED' });
    await waitFor(() =>
      expect(searches(requests).at(-1)).toEqual({ text: 'expensive', outcome: 'APPROVED' }),
    );
    expect(screen.queryByRole('region', { name: 'Panel' })).not.toBeInTheDocument();
  });

  it('offers people by name', async () => {
    const { requests } = await setUp({
      'GET /people': () => Response.json({ items: [{ userId: 'u-bo', name: 'Bo' }], cursor: null }),
    });
    const { params } = renderPage();
    await rows();
    act(() => filterBar().focus());
    act(() => filterBar().setInputValue('Person = B'));
    const option = () =>
      filterBar()
        .findDropdown({ expandToViewport: true })
        .findOptions()
        .find((each) => each.getElement().textContent === 'Person = Bo');
    await waitFor(() => expect(option()).toBeDefined());
    act(() => option()?.fireEvent(new MouseEvent('mouseup', { bubbles: true, button: 0 })));
    await waitFor(() => expect(params().get('actionOwner')).toBe('u-bo'));
    expect(requests.some(({ url }) => url.includes('/people?query=B&'))).toBe(true);
  });

  it('says that a value is not valid instead of searching with it', async () => {
    const { requests } = await setUp();
    renderPage();
    await rows();
    enterFilter('Workflow ID = w-1');
    expect(await screen.findByText("The value for Workflow ID isn't valid.")).toBeVisible();
    expect(searches(requests)).toEqual([{}]);
  });

  it('shows what the service rejects as a problem of the search', async () => {
    await setUp({ [SEARCH]: () => Response.json({ title: 'Invalid cursor' }, { status: 400 }) });
    renderPage();
    expect(await screen.findByText('Invalid cursor')).toBeVisible();
    expect(screen.queryByText(/You can't view/)).not.toBeInTheDocument();
  });

  it('is open to participants, who find what the service lets them', async () => {
    const { requests } = await setUp({ [SEARCH]: () => page([]) });
    renderPage('?text=Basel', fakeIdentityProvider());
    expect(await screen.findByText('No matching records')).toBeVisible();
    expect(screen.getByText(/workflows that you take part in/)).toBeVisible();
    await userEvent.click(screen.getAllByRole('button', { name: 'Clear filters' }).at(-1) ?? fail());
    await waitFor(() => expect(searches(requests).at(-1)).toEqual({}));
  });

  it('warns of records that the store does not have', async () => {
    await setUp({ [SEARCH]: () => page([], { missing: ['d-8', 'd-9'] }) });
    renderPage();
    expect(await screen.findByText('2 records are missing from the audit store')).toBeVisible();
  });

  it('has the columns that are stored in this browser', async () => {
    const columns = [
      { id: 'occurredAt', visible: true },
      { id: 'comment', visible: false },
      { id: 'record', visible: true },
    ];
    const preferences = { columns, wrapLines: true, density: 'compact' };
    window.localStorage.setItem('countersign.audit.table', JSON.stringify(preferences));
    await setUp();
    renderPage();
    expect(await screen.findByRole('link', { name: 'd-1' })).toHaveAttribute('href', '#/audit/records/d-1');
    expect(screen.queryByRole('columnheader', { name: 'Comment' })).not.toBeInTheDocument();
  });
});

describe('a selected record', () => {
  const panel = () => screen.findByRole('region', { name: 'Panel' });
  const badge = async () => within(await panel()).findByRole('status', { name: 'Proof' });

  it('is fetched in full, checked, and named in the URL', async () => {
    await setUp();
    const { params } = renderPage();
    await userEvent.click(await screen.findByRole('radio', { name: 'Show d-1' }));
    expect(await within(await panel()).findByText('ada@example.com')).toBeVisible();
    await waitFor(async () => expect(await badge()).toHaveTextContent('Verified in this browser'));
    expect(within(await panel()).getByRole('link', { name: 'Open record' })).toHaveAttribute(
      'href',
      '#/audit/records/d-1',
    );
    expect(params().get('record')).toBe('d-1');
    await userEvent.click(screen.getByRole('button', { name: 'Close panel' }));
    await waitFor(() => expect(params().has('record')).toBe(false));
    expect(screen.queryByRole('region', { name: 'Panel' })).not.toBeInTheDocument();
  });

  it('opens from a link, also if the list does not have it', async () => {
    await setUp({ [SEARCH]: () => page([]) });
    renderPage('?record=d-2');
    expect(await within(await panel()).findByText('Fine')).toBeVisible();
  });

  it.each([
    ['the title', { content: { title: 'Laptop', comment: null } }, 'content'],
    ['the name', { person: { name: 'Bo' } }, 'person'],
  ])('fails the proof if the list shows something else: %s', async (_, change, part) => {
    const { records } = await setUp();
    const [first] = records;
    await setUp({ [SEARCH]: () => page([{ ...listed(first ?? fail()), ...change }]) });
    renderPage('?record=d-1');
    await rows();
    await waitFor(async () =>
      expect(await badge()).toHaveTextContent(
        `The page shows something else than the checked texts: ${part}.`,
      ),
    );
  });
});

const fail = (): never => {
  throw new Error('Not found');
};
