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

function renderPage(handlers: Parameters<typeof stubApi>[0]) {
  const requests = stubApi({
    'GET /audit-trail/public-key': () => Response.json(log.publicKey),
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
    expect(screen.getByText('4 events checked: none changed, missing, or out of order.')).toBeVisible();
    expect(rowsOf('Checks')).toHaveLength(6);
    expect(rowsOf('Checks')[5]).toHaveTextContent(/Attested state.*Valid.*attested in a manifest/);
    expect(screen.getByText('Version 4, APPROVED')).toBeVisible();
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
    ];
    renderPage({ [VERIFICATION]: () => Response.json(page({ verdict: 'invalid', findings })) });
    expect(await screen.findByText('The history is not valid')).toBeVisible();
    const [, first, second] = rowsOf('Findings');
    expect(first).toHaveTextContent(/^2rewritten.*it was rewritten\.Leaf 7 has another hash\.d-2$/);
    expect(second).toHaveTextContent('3unknown-code–Something new.–');
  });

  it('fetches all pages of a long history', async () => {
    renderPage({
      [VERIFICATION]: (request) =>
        Response.json(
          cursorOf(request) === null
            ? page({ events: 1000, cursor: 'c-2' })
            : page({ events: 234, from: 1001, to: 1234 }),
        ),
    });
    expect(await screen.findByText('The history is valid')).toBeVisible();
    expect(screen.getByText('1234 events checked: none changed, missing, or out of order.')).toBeVisible();
  });

  it('never says that a history is valid before its last page', async () => {
    renderPage({
      [VERIFICATION]: (request) =>
        cursorOf(request) === null
          ? Response.json(page({ events: 1000, cursor: 'c-2' }))
          : Response.json({ title: 'Forbidden' }, { status: 403 }),
    });
    expect(await screen.findByText('Forbidden')).toBeVisible();
    expect(screen.getByText('1000 events checked, without findings so far.')).toBeVisible();
    expect(screen.queryByText('The history is valid')).not.toBeInTheDocument();
  });
});

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
    const blobs: Blob[] = [];
    vi.stubGlobal(
      'URL',
      Object.assign(URL, {
        createObjectURL: (blob: Blob) => `blob:${blobs.push(blob)}`,
        revokeObjectURL: vi.fn(),
      }),
    );
    const click = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
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
    await waitFor(() => expect(click).toHaveBeenCalledOnce());
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
