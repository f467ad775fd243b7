// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it } from 'vitest';
import type { AuditRecord } from '../api/types';
import { formatDate } from '../i18n/format';
import { accessibilityViolations } from '../testing/axe';
import { createFakeLog } from '../testing/fakeLog';
import { buildErasure, buildRecord, eraseParts, type RecordOptions } from '../testing/records';
import { CONFIG, fakeIdentityProvider, renderConsole, stubApi } from '../testing/renderConsole';
import { proofHandlers, tamper } from '../testing/stubProof';
import { RecordDetails } from './RecordDetails';

const record: AuditRecord = {
  datasetId: 'd-1',
  hash: 'ff',
  sealed: {
    schemaVersion: 1,
    eventId: 'd-1',
    source: '/countersign/workflow',
    actionType: 'APPROVE',
    actionOwner: { type: 'user', id: 'u-1' },
    target: { type: 'workflow', id: 'w-1' },
    outcome: 'APPROVED',
    occurredAt: '2026-01-02T03:04:05Z',
    requestId: 'r-1',
    participants: ['user:u-1'],
    personCommitment: 'aa',
    contentCommitment: 'bb',
    workflow: {
      scheme: 'purchase',
      schemeVersion: 1,
      stepId: 'approval',
      round: 1,
      sequence: 2,
      previousHash: 'ee',
    },
  },
  person: {
    name: 'Ada',
    email: 'ada@example.com',
    groups: ['finance'],
    sourceIp: '192.0.2.1',
    userAgent: 'Firefox',
  },
  content: { title: 'Laptops', comment: null, before: null, after: { amount: 12.5 } },
  redacted: [],
};

describe('the details of an audit record', () => {
  beforeEach(() => {
    const scheme = { schemeId: 'purchase', name: 'Purchase order' };
    stubApi({ 'GET /schemes': () => Response.json({ items: [scheme], cursor: null }) });
  });

  it('show the person, the data, and the proof', async () => {
    renderConsole(<RecordDetails record={record} />);
    expect(await screen.findByText('ada@example.com')).toBeVisible();
    expect(screen.getByText('12.5')).toBeVisible();
    expect(screen.getByRole('status', { name: 'Proof' })).toBeVisible();
    expect(await screen.findByText('Purchase order, version 1')).toBeVisible();
    expect(screen.getByRole('link', { name: 'Open workflow' })).toHaveAttribute('href', '#/workflows/w-1');
  });

  it('show only the name of a person whose contact details are withheld', async () => {
    renderConsole(<RecordDetails record={{ ...record, person: { name: 'Ada' }, redacted: ['person'] }} />);
    expect(await screen.findByText('Ada')).toBeVisible();
    expect(screen.getByText('Only auditors and administrators can see the contact details.')).toBeVisible();
    expect(screen.queryByText('Email')).not.toBeInTheDocument();
  });

  it('say that a part was erased', async () => {
    renderConsole(<RecordDetails record={{ ...record, person: null, content: null }} />);
    expect(await screen.findAllByText(/^Erased\./)).toHaveLength(2);
  });

  it('show an unknown action, outcome, and target as they are', async () => {
    const sealed = {
      ...record.sealed,
      actionType: 'ESCALATE',
      outcome: 'ESCALATED',
      target: { type: 'dataset', id: 'd-0' },
      workflow: undefined,
    };
    renderConsole(<RecordDetails record={{ ...record, sealed }} />);
    expect(await screen.findByText('ESCALATE')).toBeVisible();
    expect(screen.getByText('ESCALATED')).toBeVisible();
    expect(screen.getByText('dataset d-0')).toBeVisible();
    expect(screen.queryByRole('link', { name: 'Open workflow' })).not.toBeInTheDocument();
  });
});

describe('an erased part of an audit record', () => {
  const ERASURE = 'GET /audit-trail/e-1';
  const EVIDENCE = 'GET /workflows/w-1/evidence';
  const pages = { records: [], proofs: [], manifests: [], erasures: [], checkpoint: null, cursor: null };

  async function setUp(erased = [{ datasetId: 'd-1', parts: ['content' as const] }]) {
    const shown = eraseParts(await buildRecord(), ['content'], 'e-1');
    const erasure = await buildErasure(erased);
    const log = await createFakeLog();
    for (const { datasetId, hash } of [shown, erasure]) await log.add(datasetId, hash);
    return { shown, erasure, log, handlers: proofHandlers(log, [shown], [erasure]) };
  }

  const badge = () => screen.findByRole('status', { name: 'Proof' });

  it('has a link to the erasure event, which the browser verifies', async () => {
    const { shown, handlers } = await setUp();
    const requests = stubApi(handlers);
    const { container } = renderConsole(<RecordDetails record={shown} />);
    await waitFor(async () => expect(await badge()).toHaveTextContent('Verified in this browser'));
    expect(await badge()).toHaveTextContent('Erased: content.');
    expect(screen.getByRole('link', { name: 'event e-1' })).toHaveAttribute('href', '#/audit/records/e-1');
    expect(requests.filter(({ url }) => url.includes('evidence'))).toHaveLength(0);
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('was removed if the named event is about another record or part', async () => {
    const other = [
      { datasetId: 'd-2', parts: ['content' as const] },
      { datasetId: 'd-1', parts: ['person' as const] },
    ];
    const { shown, handlers } = await setUp(other as never);
    stubApi({ ...handlers, [EVIDENCE]: () => Response.json(pages) });
    renderConsole(<RecordDetails record={shown} />);
    await waitFor(async () =>
      expect(await badge()).toHaveTextContent('The content was removed without an erasure event.'),
    );
  });

  it('was removed if the named event is not in the log', async () => {
    const { shown, handlers } = await setUp();
    stubApi({
      ...tamper(handlers, `${ERASURE}/proof`, (body) => body.replace('"leafIndex":1', '"leafIndex":0')),
      [EVIDENCE]: () => Response.json(pages),
    });
    renderConsole(<RecordDetails record={shown} />);
    await waitFor(async () =>
      expect(await badge()).toHaveTextContent('The content was removed without an erasure event.'),
    );
  });

  it('is explained by the evidence of the workflow if the user cannot read the event', async () => {
    const { shown, erasure, log, handlers } = await setUp();
    const { leafIndex, proof, checkpoint } = await log.proofOf('e-1');
    stubApi({
      ...handlers,
      [ERASURE]: () => Response.json({ title: 'Not found' }, { status: 404 }),
      [EVIDENCE]: () =>
        Response.json({
          ...pages,
          erasures: [{ datasetId: 'e-1', hash: erasure.hash, ...erasure.canonical }],
          proofs: [{ entryId: 'e-1', index: leafIndex, hashes: proof }],
          checkpoint: checkpoint?.note,
        }),
    });
    renderConsole(<RecordDetails record={shown} />);
    await waitFor(async () => expect(await badge()).toHaveTextContent('Erased: content.'));
    expect(await badge()).toHaveTextContent('Verified in this browser');
  });

  it('is not checked if neither the event nor the evidence can be read', async () => {
    const { shown, handlers } = await setUp();
    const unavailable = () => Response.json({ title: 'Forbidden' }, { status: 403 });
    const evidence = () => Response.json({ title: 'Not found' }, { status: 404 });
    stubApi({ ...handlers, [ERASURE]: unavailable, [EVIDENCE]: evidence });
    renderConsole(<RecordDetails record={shown} />);
    await waitFor(async () => expect(await badge()).toHaveTextContent('Not checked: content.'));
  });
});

describe('the record of an erasure', () => {
  it('lists the records that it erased parts of', async () => {
    const erasure = await buildErasure([
      { datasetId: 'd-1', parts: ['person'] },
      { datasetId: 'd-2', parts: ['person', 'content'] },
    ]);
    stubApi({});
    renderConsole(<RecordDetails record={erasure} />);
    expect(await screen.findByText('Erased data')).toBeVisible();
    await userEvent.click(screen.getByRole('button', { name: 'Erased records (2)' }));
    expect(screen.getByRole('link', { name: 'd-2' })).toHaveAttribute('href', '#/audit/records/d-2');
  });

  it('is proven like all others, also without its person', async () => {
    const erasure = eraseParts(await buildErasure([]), ['person'], 'e-1');
    const log = await createFakeLog();
    await log.add('e-1', erasure.hash);
    const requests = stubApi(proofHandlers(log, [erasure]));
    renderConsole(<RecordDetails record={erasure} />);
    const badge = () => screen.findByRole('status', { name: 'Proof' });
    await waitFor(async () =>
      expect(await badge()).toHaveTextContent('The person was removed without an erasure event.'),
    );
    expect(requests.filter(({ url }) => url.includes('evidence'))).toHaveLength(0);
  });
});

describe('the proof of an audit record', () => {
  const OCCURRED = '2026-01-02T03:04:05.000Z';

  async function setUp(options: RecordOptions = {}, { isSealed = true } = {}) {
    const shown = await buildRecord(options);
    const log = await createFakeLog();
    await log.add('d-0', 'ab'.repeat(32));
    if (isSealed) await log.add('d-1', shown.hash);
    await log.add('d-2', 'cd'.repeat(32));
    return { shown, log, handlers: proofHandlers(log, [shown]) };
  }

  const badge = () => screen.findByRole('status', { name: 'Proof' });

  it('is computed by the browser', async () => {
    const { shown, handlers } = await setUp();
    stubApi(handlers);
    const { container } = renderConsole(<RecordDetails record={shown} />);
    await waitFor(async () => expect(await badge()).toHaveTextContent('Verified in this browser'));
    expect(await badge()).toHaveTextContent(`Recorded unchanged in the log since ${formatDate(OCCURRED)}.`);
    await userEvent.click(screen.getByRole('button', { name: 'Proof details' }));
    const checks = screen.getByRole('list', { name: 'Checks' });
    for (const name of ['Hash', 'Content', 'Inclusion in the log', 'Checkpoint signature', 'This page']) {
      expect(within(checks).getByText(name)).toBeVisible();
    }
    expect(within(checks).getByText(/pinned on first use/)).toBeVisible();
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it.each([
    [
      'the sealed text',
      'GET /audit-trail/d-1',
      (body: string) => body.replace('\\"PENDING\\"', '\\"PENDINH\\"'),
    ],
    [
      'the title in the content',
      'GET /audit-trail/d-1',
      (body: string) => body.replaceAll('Laptops', 'Laptopz'),
    ],
    ['the decoded title', 'GET /audit-trail/d-1', (body: string) => body.replace('"Laptops"', '"Laptopz"')],
    ['the email', 'GET /audit-trail/d-1', (body: string) => body.replace('ada@', 'bda@')],
    ['the hash', 'GET /audit-trail/d-1', (body: string) => body.replace(/"hash":"./, '"hash":"x')],
    [
      'the proof',
      'GET /audit-trail/d-1/proof',
      (body: string) => body.replace(/"proof":\["./, '"proof":["x'),
    ],
    [
      'the leaf index',
      'GET /audit-trail/d-1/proof',
      (body: string) => body.replace('"leafIndex":1', '"leafIndex":2'),
    ],
    [
      'the size in the note',
      'GET /audit-trail/d-1/proof',
      (body: string) => body.replace('\\n3\\n', '\\n4\\n'),
    ],
    [
      'the signature in the note',
      'GET /audit-trail/d-1/proof',
      (body: string) => body.replace(/(— \S+ .{20})./, '$1!'),
    ],
    [
      'the state of the proof',
      'GET /audit-trail/d-1/proof',
      (body: string) => body.replace('sealed', 'pending'),
    ],
  ])('fails if a response has another character in %s', async (_, name, change) => {
    const { shown, handlers } = await setUp();
    stubApi(tamper(handlers, name, change));
    renderConsole(<RecordDetails record={shown} />);
    await waitFor(async () => expect(await badge()).toHaveTextContent('Verification failed'));
  });

  it('fails if the page shows another title than the record has', async () => {
    const { shown, handlers } = await setUp();
    stubApi(handlers);
    const content = shown.content && { ...shown.content, title: 'Laptop' };
    renderConsole(<RecordDetails record={{ ...shown, content }} />);
    await waitFor(async () =>
      expect(await badge()).toHaveTextContent(
        'The page shows something else than the checked texts: content.',
      ),
    );
  });

  it('fails if the key is not the one that the console was deployed with', async () => {
    const { shown, handlers } = await setUp();
    stubApi(handlers);
    const config = { ...CONFIG, logKey: (await createFakeLog()).publicKey.vkey };
    renderConsole(<RecordDetails record={shown} />, fakeIdentityProvider(), config);
    await waitFor(async () =>
      expect(await badge()).toHaveTextContent('The service now uses another public key than the pinned one.'),
    );
  });

  it('is pending if the record is newer than the checkpoint', async () => {
    const occurredAt = new Date().toISOString();
    const { shown, handlers } = await setUp({ occurredAt }, { isSealed: false });
    stubApi(handlers);
    renderConsole(<RecordDetails record={shown} />);
    await waitFor(async () => expect(await badge()).toHaveTextContent('Pending'));
  });

  it('names the person that is withheld', async () => {
    const { shown, handlers } = await setUp();
    const redacted = ['person' as const];
    const withheld = { ...shown, person: { name: 'Ada' }, redacted };
    const canonical = { ...shown.canonical, person: null };
    stubApi({ ...handlers, 'GET /audit-trail/d-1': () => Response.json({ ...withheld, canonical }) });
    renderConsole(<RecordDetails record={withheld} />);
    await waitFor(async () => expect(await badge()).toHaveTextContent('Withheld from you: person.'));
    expect(await badge()).toHaveTextContent('Verified in this browser');
  });

  it('fails if the content was removed without an erasure event', async () => {
    const { shown, handlers } = await setUp();
    const record = { ...shown, content: null, canonical: { ...shown.canonical, content: null } };
    const evidence = { records: [], proofs: [], manifests: [], erasures: [], checkpoint: null, cursor: null };
    stubApi({
      ...handlers,
      'GET /audit-trail/d-1': () => Response.json(record),
      'GET /workflows/w-1/evidence': () => Response.json(evidence),
    });
    renderConsole(<RecordDetails record={record} />);
    await waitFor(async () =>
      expect(await badge()).toHaveTextContent('The content was removed without an erasure event.'),
    );
  });

  it('fails if the audit trail does not have the record', async () => {
    const { shown, log } = await setUp();
    stubApi(proofHandlers(log, []));
    renderConsole(<RecordDetails record={shown} />);
    await waitFor(async () =>
      expect(await badge()).toHaveTextContent("The audit trail doesn't have this record."),
    );
  });

  it('fails if the service says that the log is damaged', async () => {
    const { shown, handlers } = await setUp();
    stubApi({
      ...handlers,
      'GET /audit-trail/d-1/proof': () =>
        Response.json(
          {
            type: '/docs/problems/log-damaged.md',
            title: 'Log damaged',
            detail: 'Leaf 132 is of something else.',
          },
          { status: 500 },
        ),
    });
    renderConsole(<RecordDetails record={shown} />);
    await waitFor(async () => expect(await badge()).toHaveTextContent('Verification failed'));
    expect(await badge()).toHaveTextContent('Leaf 132 is of something else.');
  });

  it('is not verified if the service does not respond', async () => {
    const { shown, handlers } = await setUp();
    stubApi({
      ...handlers,
      'GET /audit-trail/d-1': () => Response.json({ title: 'Forbidden' }, { status: 403 }),
    });
    renderConsole(<RecordDetails record={shown} />);
    await waitFor(async () => expect(await badge()).toHaveTextContent('Not verified'));
  });

  it('is checked again on request', async () => {
    const { shown, handlers } = await setUp();
    let isTampered = false;
    const changed = tamper(handlers, 'GET /audit-trail/d-1', (body) => body.replaceAll('Laptops', 'Laptopz'));
    stubApi({
      ...handlers,
      'GET /audit-trail/d-1': (request) =>
        ((isTampered ? changed : handlers)['GET /audit-trail/d-1'] ?? fail)(request),
    });
    renderConsole(<RecordDetails record={shown} />);
    await waitFor(async () => expect(await badge()).toHaveTextContent('Verified in this browser'));
    isTampered = true;
    await userEvent.click(screen.getByRole('button', { name: 'Proof details' }));
    await userEvent.click(screen.getByRole('button', { name: 'Check again' }));
    await waitFor(async () => expect(await badge()).toHaveTextContent('Verification failed'));
  });
});

const fail = () => {
  throw new Error('No handler');
};
