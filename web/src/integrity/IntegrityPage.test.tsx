// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Integrity } from '../api/types';
import { accessibilityViolations } from '../testing/axe';
import { createFakeLog, type FakeLog } from '../testing/fakeLog';
import { ADA, CONFIG, fakeIdentityProvider, renderConsole, stubApi } from '../testing/renderConsole';
import { proofHandlers } from '../testing/stubProof';
import IntegrityPage from './IntegrityPage';

let log: FakeLog;

beforeEach(async () => {
  log = await createFakeLog();
  for (const event of [1, 2, 3]) await log.add(`e-${event}`, 'ab'.repeat(32));
});

const auditor = fakeIdentityProvider({ restore: () => Promise.resolve({ ...ADA, groups: ['auditors'] }) });

async function integrity(change: Partial<Integrity> = {}): Promise<Integrity> {
  return {
    checkpoint: await log.checkpoint(),
    lagSeconds: 12,
    pendingEntries: 2,
    oldestPendingAt: new Date().toISOString(),
    manifests: { newest: '2026-01-02T03:04:00Z', checkedThrough: '2026-01-02T03:03:00Z' },
    reconciledAt: '2026-01-02T03:04:05Z',
    findings: { open: 0, items: [], cursor: null },
    witnesses: [],
    ...change,
  };
}

async function renderPage(change: Partial<Integrity> = {}, config = CONFIG) {
  const body = await integrity(change);
  const { size, rootHash, signedAt, note } = await log.checkpoint(2);
  stubApi({
    ...proofHandlers(log, []),
    'GET /audit-trail/integrity': () => Response.json(body),
    'GET /audit-trail/checkpoints': () =>
      Response.json({ items: [{ size, rootHash, signedAt, note }], cursor: null }),
  });
  return renderConsole(<IntegrityPage />, auditor, config);
}

const badge = () => screen.findByRole('status', { name: 'Proof' });

describe('the integrity page', () => {
  it('shows the checkpoint, which the browser checks, and the state of the log', async () => {
    const { container } = await renderPage();
    await waitFor(async () => expect(await badge()).toHaveTextContent('Verified in this browser'));
    expect(screen.getByText('12 seconds')).toBeVisible();
    expect(screen.getByText('No findings')).toBeVisible();
    expect(screen.getByText('No witnesses')).toBeVisible();
    const checkpoints = await screen.findByRole('table', { name: 'Checkpoints' });
    expect(within(checkpoints).getAllByRole('row')).toHaveLength(2);
    expect(screen.getByRole('button', { name: 'Copy the fingerprint' })).toBeVisible();
    expect((await screen.findAllByText(/^SHA256:/)).at(-1)).toBeVisible();
    expect(screen.getByText(/^Pinned on first use/)).toBeVisible();
    expect(await accessibilityViolations(container)).toEqual([]);
  });

  it('fails if the root hash of the checkpoint was changed', async () => {
    const checkpoint = await log.checkpoint();
    await renderPage({ checkpoint: { ...checkpoint, note: checkpoint.note.replace('\n3\n', '\n4\n') } });
    await waitFor(async () => expect(await badge()).toHaveTextContent('Verification failed'));
  });

  it('shows another key than the deployed one as an error', async () => {
    const { publicKey } = await createFakeLog();
    await renderPage({}, { ...CONFIG, logKey: publicKey.vkey });
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('The service uses another public key');
    expect(screen.getByText('Deployed with this console')).toBeVisible();
    await waitFor(async () => expect(await badge()).toHaveTextContent('Verification failed'));
  });

  it('lists the open findings with a link to the workflow', async () => {
    const finding = {
      code: 'unattested',
      subject: 'd-1',
      datasetId: 'd-1',
      workflowId: 'w-1',
      manifest: null,
      resolvedAt: null,
      detail: 'No manifest names it.',
      firstSeen: '2026-01-02T03:04:00Z',
      lastSeen: '2026-01-02T03:04:00Z',
      state: 'open' as const,
    };
    await renderPage({ findings: { open: 1, items: [finding], cursor: null } });
    const table = await screen.findByRole('table', { name: 'Open findings' });
    expect(within(table).getByText(/never attested this event/)).toBeVisible();
    expect(within(table).getByRole('link')).toHaveAttribute('href', '#/workflows/w-1/verification');
  });

  it('says if the log is late, and if it has no checkpoint yet', async () => {
    await renderPage({ lagSeconds: 600, checkpoint: null });
    expect(await screen.findByText('10 minutes')).toBeVisible();
    expect(screen.getByText('The log has no checkpoint yet.')).toBeVisible();
  });

  it('shows which witnesses have cosigned', async () => {
    await renderPage({
      witnesses: [{ name: 'witness.example.com/w1', size: 2, at: new Date().toISOString() }],
    });
    const table = await screen.findByRole('table', { name: 'Witnesses' });
    expect(within(table).getByText('witness.example.com/w1')).toBeVisible();
    expect(within(table).getByText(/2 entries/)).toBeVisible();
  });

  it('is for auditors and administrators only', async () => {
    const requests = stubApi({});
    renderConsole(<IntegrityPage />);
    expect(await screen.findByText('Only auditors and administrators can see this page')).toBeVisible();
    expect(requests).toHaveLength(0);
  });
});
