// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { createMemoryRouter, RouterProvider } from 'react-router';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Evidence, Verification } from '../api/types';
import { accessibilityViolations } from '../testing/axe';
import { createFakeLog, type FakeLog } from '../testing/fakeLog';
import { renderConsole, stubApi } from '../testing/renderConsole';
import VerificationPage from './VerificationPage';

const VERIFICATION = 'GET /workflows/w-1/verification';
const EVIDENCE = 'GET /workflows/w-1/evidence';

let log: FakeLog;

beforeEach(async () => {
  log = await createFakeLog();
});

const cursorOf = ({ url }: Request) => new URL(url).searchParams.get('cursor');

/** The blobs of jsdom have no `text` method. */
const textOf = (blob = new Blob()) =>
  new Promise<string>((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.readAsText(blob);
  });

function page(change: Partial<Verification> = {}): Verification {
  return {
    workflowId: 'w-1',
    verdict: 'valid',
    events: 4,
    sealed: 4,
    pending: 0,
    headHash: 'aa',
    from: 1,
    to: 4,
    cursor: null,
    checked: {
      chain: 'valid',
      commitments: 'valid',
      inclusion: 'valid',
      checkpoint: 'valid',
      attestedState: 'valid',
    },
    attested: { version: 4, headHash: 'aa', status: 'APPROVED', manifest: 'm', at: '2026-01-02T03:04:00Z' },
    checkpoint: null,
    findings: [],
    ...change,
  };
}

const WORKFLOW = 'GET /workflows/w-1';
const HISTORY = 'GET /workflows/w-1/history';
const LONG_AGO = '2026-01-02T03:04:05Z';

/** The workflow service: a workflow with so many events, of which the fourth has this hash. */
function workflowHandlers(version: number, fourthHash = 'aa', updatedAt = LONG_AGO) {
  const items = Array.from({ length: version }, (_, index) => ({
    sequence: index + 1,
    eventId: `d-${index + 1}`,
    hash: index === 3 ? fourthHash : `hash-${index + 1}`,
    occurredAt: index + 1 === version ? updatedAt : LONG_AGO,
  }));
  return {
    [WORKFLOW]: () => Response.json({ workflowId: 'w-1', title: 'Laptops', version, updatedAt }),
    [HISTORY]: (request: Request) => {
      const start = Number(cursorOf(request));
      const cursor = start + 100 < version ? String(start + 100) : null;
      return Response.json({ items: items.slice(start, start + 100), cursor });
    },
  };
}

function renderPage(handlers: Parameters<typeof stubApi>[0]) {
  const requests = stubApi({
    'GET /audit-trail/public-key': () => Response.json(log.publicKey),
    ...workflowHandlers(4),
    ...handlers,
  });
  const routes = [{ path: '/workflows/:workflowId/verification', element: <VerificationPage /> }];
  const router = createMemoryRouter(routes, { initialEntries: ['/workflows/w-1/verification'] });
  return { requests, ...renderConsole(<RouterProvider router={router} />) };
}

const rowsOf = (name: string) => within(screen.getByRole('table', { name })).getAllByRole('row');

describe('the verification page', () => {
  it('shows what was checked, and against what', async () => {
    const { container } = renderPage({ [VERIFICATION]: () => Response.json(page()) });
    expect(await screen.findByText('The history is valid')).toBeVisible();
    expect(screen.getByText(/^4 events checked\. None is changed, missing, or out of order/)).toBeVisible();
    expect(screen.getByRole('heading', { name: 'Laptops' })).toBeVisible();
    expect(screen.getByText('Checked')).toBeVisible();
    expect(rowsOf('Checks')).toHaveLength(7);
    expect(rowsOf('Checks')[6]).toHaveTextContent(/^Workflow.*Valid.*that the workflow service has now$/);
    expect(rowsOf('Checks')[5]).toHaveTextContent(/Attested state.*Valid.*attested in a manifest/);
    expect(screen.getByText('Version 4, Approved')).toBeVisible();
    expect(screen.queryByRole('table', { name: 'Findings' })).not.toBeInTheDocument();
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('shows pending events as normal', async () => {
    renderPage({ [VERIFICATION]: () => Response.json(page({ sealed: 3, pending: 1 })) });
    expect(await screen.findByText('The history is valid')).toBeVisible();
    expect(screen.getByText(/1 event is newer than the newest checkpoint of the log/)).toBeVisible();
  });

  it('explains each finding', async () => {
    const findings: Verification['findings'] = [
      { sequence: 2, datasetId: 'd-2', code: 'rewritten', detail: 'Leaf 7 has another hash.' },
      { sequence: 3, datasetId: null, code: 'unknown-code' as 'missing', detail: 'Something new.' },
      { sequence: 4, datasetId: null, code: 'missing-tail', detail: 'No record.' },
    ];
    renderPage({ [VERIFICATION]: () => Response.json(page({ verdict: 'invalid', findings })) });
    expect(await screen.findByText('The history is not valid')).toBeVisible();
    const [, first, second, third] = rowsOf('Findings');
    expect(first).toHaveTextContent(/it was rewritten\.Event 2Leaf 7 has another hash\.rewritten$/);
    expect(screen.getByRole('link', { name: 'Event 2' })).toHaveAttribute('href', '#/audit/records/d-2');
    expect(second).toHaveTextContent('The service reports unknown-code.Event 3Something new.');
    expect(third).toHaveTextContent('The audit trail lacks event 4.Event 4No record.');
    expect(screen.getByText(/it was rewritten\. And 2 other findings\.$/)).toBeVisible();
  });

  it('fetches all pages of a long history', async () => {
    renderPage({
      [VERIFICATION]: (request) =>
        Response.json(
          cursorOf(request) === null
            ? page({ events: 1000, cursor: 'c-2' })
            : page({ events: 234, from: 1001, to: 1234, headHash: 'hash-1234' }),
        ),
      ...workflowHandlers(1234),
    });
    expect(await screen.findByText('The history is valid')).toBeVisible();
    expect(screen.getByText(/^1,234 events checked\./)).toBeVisible();
  });

  it('never says that a history is valid before its last page', async () => {
    renderPage({
      [VERIFICATION]: (request) =>
        cursorOf(request) === null
          ? Response.json(page({ events: 1000, cursor: 'c-2' }))
          : Response.json({ title: 'Forbidden' }, { status: 403 }),
    });
    expect(await screen.findByText('Forbidden')).toBeVisible();
    expect(screen.getByText('1,000 events checked. No findings so far.')).toBeVisible();
    expect(screen.queryByText('The history is valid')).not.toBeInTheDocument();
  });
});

describe('the comparison with the workflow', () => {
  const verified = { [VERIFICATION]: () => Response.json(page()) };

  it('says which event the audit trail lacks', async () => {
    renderPage({ ...verified, ...workflowHandlers(5) });
    expect(await screen.findByText('The history is not valid')).toBeVisible();
    expect(screen.getByText(/^4 events checked\. The audit trail lacks event 5\.$/)).toBeVisible();
    expect(screen.getByRole('link', { name: 'Event 5' })).toHaveAttribute('href', '#/audit/records/d-5');
    expect(rowsOf('Checks')[6]).toHaveTextContent('Not valid');
  });

  it('says that a new event is on its way', async () => {
    renderPage({ ...verified, ...workflowHandlers(5, 'aa', new Date().toISOString()) });
    expect(
      await screen.findByText('The history is valid, except for events that are on their way'),
    ).toBeVisible();
    expect(screen.getByText(/On the way to the audit trail: event 5\./)).toBeVisible();
  });

  it('finds another newest event than the workflow has', async () => {
    renderPage({ ...verified, ...workflowHandlers(4, 'bb') });
    expect(await screen.findByText('The history is not valid')).toBeVisible();
    expect(
      screen.getByText(/checked\. The audit trail has another event 4 than the workflow\.$/),
    ).toBeVisible();
  });

  it('is not claimed if the workflow could not be fetched', async () => {
    renderPage({ ...verified, [WORKFLOW]: () => Response.json({ title: 'Not found' }, { status: 404 }) });
    expect(await screen.findByText(/they were not compared with the workflow$/)).toBeVisible();
    expect(screen.queryByText('The history is valid')).not.toBeInTheDocument();
    expect(rowsOf('Checks')[6]).toHaveTextContent('Not checked');
  });

  it('finds that the audit trail has nothing of a workflow', async () => {
    const missing = () => Response.json({ title: 'Not found' }, { status: 404 });
    renderPage({ [VERIFICATION]: missing, ...workflowHandlers(1) });
    expect(await screen.findByText('The history is not valid')).toBeVisible();
    expect(screen.getByText(/^0 events checked\. The audit trail lacks event 1\./)).toBeVisible();
  });

  it('is not shown for a workflow that the user cannot see', async () => {
    const missing = () => Response.json({ title: 'Not found' }, { status: 404 });
    renderPage({ [VERIFICATION]: missing, [WORKFLOW]: missing });
    expect(await screen.findByText("You can't view the verification")).toBeVisible();
  });
});

describe('the result', () => {
  it('is saved with the verdict, the time of the check, and the findings in sentences', async () => {
    const blobs = collectDownloads();
    renderPage({ [VERIFICATION]: () => Response.json(page()), ...workflowHandlers(5) });
    await screen.findByText('The history is not valid');
    await userEvent.click(screen.getByRole('button', { name: 'Download result' }));
    expect(JSON.parse(await textOf(blobs[0]))).toMatchObject({
      workflowId: 'w-1',
      title: 'Laptops',
      checkedAt: expect.stringMatching(/^\d{4}-.*Z$/) as string,
      verdict: 'invalid',
      newestEvent: 4,
      findings: [{ code: 'lacks-event', sentence: 'The audit trail lacks event 5.' }],
    });
  });

  it('can be printed', async () => {
    const print = vi.fn();
    vi.stubGlobal('print', print);
    renderPage({ [VERIFICATION]: () => Response.json(page()) });
    await userEvent.click(await screen.findByRole('button', { name: 'Print' }));
    expect(print).toHaveBeenCalledOnce();
  });
});

/** Collect what is saved as a file. */
function collectDownloads(): Blob[] {
  const blobs: Blob[] = [];
  vi.stubGlobal(
    'URL',
    Object.assign(URL, {
      createObjectURL: (blob: Blob) => `blob:${blobs.push(blob)}`,
      revokeObjectURL: vi.fn(),
    }),
  );
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
  return blobs;
}

describe('the evidence', () => {
  const bundle = (cursor: string | null): Evidence => ({
    format: 'countersign.evidence.v1',
    workflowId: 'w-1',
    createdAt: '2026-01-02T03:04:05Z',
    publicKey: log.publicKey.vkey,
    checkpoint: null,
    cursor,
    records: [],
    proofs: [],
    manifests: [],
    omittedManifests: [],
    withheld: [],
    erasures: [],
  });

  it('is saved with all its pages, next to the command that checks it', async () => {
    const blobs = collectDownloads();
    renderPage({
      [VERIFICATION]: () => Response.json(page()),
      [EVIDENCE]: (request) => Response.json(bundle(cursorOf(request) === null ? 'c-2' : null)),
    });
    expect(
      await screen.findByText(
        `countersign-verify countersign-evidence-w-1.jsonl --key '${log.publicKey.vkey}'`,
      ),
    ).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Download evidence' }));
    await waitFor(() => expect(blobs).toHaveLength(1));
    const lines = (await textOf(blobs[0])).trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as Evidence).cursor)).toEqual(['c-2', null]);
  });

  it('shows why it can not be saved', async () => {
    renderPage({
      [VERIFICATION]: () => Response.json(page()),
      [EVIDENCE]: () => Response.json({ title: 'Forbidden' }, { status: 403 }),
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Download evidence' }));
    expect(await screen.findByText('Forbidden')).toBeVisible();
  });
});
