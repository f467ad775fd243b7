import { describe, expect, it } from 'vitest';
import { createFakeLog } from '../testing/fakeLog';
import { memoryStorage } from '../testing/memoryStorage';
import { SALT } from '../testing/records';
import { canonicalize } from './canonical';
import { checkErasure } from './checkErasure';
import { commitTo, hashSealed } from './commitment';
import { pinKey } from './pinnedKey';
import { createTrustedLog } from './trustedLog';
import type { Evidence } from '../api/types';

const NOW = new Date('2026-01-02T03:04:05Z');

interface Options {
  source?: string;
  parts?: string[];
  isLogged?: boolean;
  change?: (value: string) => string;
  erased?: unknown;
}

async function setUp({
  source = '/countersign/audit',
  parts = ['person'],
  isLogged = true,
  change,
  erased = [{ datasetId: 'd-1', parts }],
}: Options) {
  const log = await createFakeLog();
  const value = canonicalize({ after: { reason: 'Request', parts, erased } });
  const sealed = canonicalize({
    eventId: 'erasure-1',
    source,
    actionType: 'ERASE',
    occurredAt: '2026-01-01T00:00:00Z',
    contentCommitment: await commitTo('content', SALT, value),
  });
  const hash = await hashSealed(sealed);
  await log.add('d-1', 'ab'.repeat(32));
  if (isLogged) await log.add('erasure-1', hash);
  const proof = await log.proofOf('erasure-1');
  const page: Evidence = {
    format: 'countersign.evidence.v1',
    workflowId: 'w-1',
    createdAt: '2026-01-02T00:00:00Z',
    publicKey: log.publicKey.vkey,
    checkpoint: (await log.checkpoint()).note,
    cursor: null,
    records: [],
    proofs: isLogged
      ? [{ entryId: 'erasure-1', index: proof.leafIndex ?? -1, hashes: proof.proof ?? [] }]
      : [],
    manifests: [],
    omittedManifests: [],
    withheld: [],
    erasures: [
      {
        datasetId: 'erasure-1',
        hash,
        sealed,
        person: null,
        content: { salt: SALT, value: change ? change(value) : value },
      },
    ],
  };
  const storage = memoryStorage();
  const pinned = await pinKey(log.publicKey, { logKey: '', apiUrl: 'a', storage });
  if (!pinned) throw new Error('No key');
  const trusted = createTrustedLog({ pinned, storage, fetchConsistency: log.consistency, now: () => NOW });
  return (evidence: Evidence[] | null = [page]) =>
    checkErasure({ datasetId: 'd-1', part: 'person' }, evidence, trusted, NOW);
}

describe('a missing part', () => {
  it('is erased if an event in the log says so', async () => {
    const check = await setUp({});
    expect(await check()).toMatchObject({ state: 'erased', name: 'Person' });
  });

  it.each([
    ['of another part', { parts: ['content'] }],
    ['of another producer', { source: '/countersign/workflow' }],
    ['that is not in the log', { isLogged: false }],
    ['that was changed', { change: (value: string) => value.replace('Request', 'request') }],
  ])('was removed if there is only an erasure %s', async (_, options: Options) => {
    const check = await setUp(options);
    expect(await check()).toMatchObject({
      state: 'failed',
      detail: 'The person was removed without an erasure event.',
    });
  });

  it.each([null, [null, 5, {}], [{ datasetId: 'd-1', parts: null }]])(
    'was removed if the event names %j',
    async (erased) => {
      const check = await setUp({ erased });
      expect(await check()).toMatchObject({ state: 'failed' });
    },
  );

  it('is not checked without evidence', async () => {
    const check = await setUp({});
    expect(await check(null)).toMatchObject({ state: 'not-checked' });
    expect(await check([])).toMatchObject({ state: 'failed' });
  });
});
