import { describe, expect, it } from 'vitest';
import { createFakeLog } from '../testing/fakeLog';
import { memoryStorage } from '../testing/memoryStorage';
import { checkInclusion, type InclusionProof } from './checkInclusion';
import { pinKey } from './pinnedKey';
import { createTrustedLog } from './trustedLog';

const HASH = 'ab'.repeat(32);
const NOW = new Date('2026-01-02T03:04:05Z');
const event = { eventId: 'e-5', hash: HASH, occurredAt: '2026-01-01T00:00:00Z' };

async function setUp() {
  const log = await createFakeLog();
  for (const id of [0, 1, 2, 3, 4]) await log.add(`e-${id}`, 'cd'.repeat(32));
  await log.add('e-5', HASH);
  await log.add('e-6', HASH);
  const storage = memoryStorage();
  const pinned = await pinKey(log.publicKey, { logKey: '', apiUrl: 'a', storage });
  if (!pinned) throw new Error('No key');
  const trusted = createTrustedLog({
    pinned,
    storage,
    fetchConsistency: log.consistency,
    now: () => NOW,
  });
  const { leafIndex, proof, checkpoint } = await log.proofOf('e-5');
  const valid: InclusionProof = { index: leafIndex ?? -1, hashes: proof ?? [], note: checkpoint?.note ?? '' };
  const stateOf = async (proofToCheck: InclusionProof | null, eventToCheck = event) =>
    (await checkInclusion(eventToCheck, proofToCheck, trusted, NOW))[0]?.state;
  return { valid, stateOf };
}

describe('the inclusion of an event in the log', () => {
  it('passes with its proof', async () => {
    const { valid, stateOf } = await setUp();
    expect(await stateOf(valid)).toBe('passed');
  });

  it('fails for another hash, event, index, or path', async () => {
    const { valid, stateOf } = await setUp();
    expect(await stateOf(valid, { ...event, hash: 'cd'.repeat(32) })).toBe('failed');
    expect(await stateOf(valid, { ...event, eventId: 'e-4' })).toBe('failed');
    for (const index of [4, 6, 7, -1, 1.5]) expect(await stateOf({ ...valid, index })).toBe('failed');
    expect(await stateOf({ ...valid, hashes: valid.hashes.slice(1) })).toBe('failed');
    expect(await stateOf({ ...valid, hashes: valid.hashes.map(() => HASH) })).toBe('failed');
    expect(await stateOf({ ...valid, hashes: ['no hash'] })).toBe('failed');
  });

  it('fails without a signed checkpoint', async () => {
    const { valid, stateOf } = await setUp();
    expect(await stateOf({ ...valid, note: '' })).toBe('failed');
    expect(await stateOf({ ...valid, note: valid.note.replace('\n7\n', '\n8\n') })).toBe('failed');
  });

  it.each([
    ['now', '2026-01-02T03:04:00Z', 'pending'],
    ['four minutes ago', '2026-01-02T03:00:05Z', 'pending'],
    ['six minutes ago', '2026-01-02T02:58:05Z', 'failed'],
    ['in an hour', '2026-01-02T04:04:05Z', 'failed'],
    ['at no time', 'x', 'failed'],
  ])(
    'of an event without a proof that was recorded %s is decided by its age',
    async (_, occurredAt, state) => {
      const { stateOf } = await setUp();
      expect(await stateOf(null, { ...event, occurredAt })).toBe(state);
    },
  );
});
