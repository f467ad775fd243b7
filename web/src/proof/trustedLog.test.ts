import { describe, expect, it } from 'vitest';
import { createFakeLog, type FakeLog } from '../testing/fakeLog';
import { memoryStorage } from '../testing/memoryStorage';
import { pinKey } from './pinnedKey';
import { createTrustedLog, type CheckedCheckpoint } from './trustedLog';

async function logWith(count: number): Promise<FakeLog> {
  const log = await createFakeLog();
  for (let event = 0; event < count; event += 1)
    await log.add(`e-${event}`, event.toString(16).padStart(64, '0'));
  return log;
}

interface Options {
  consistency?: (from: number, to: number) => Promise<string[] | null>;
}

/** A browser that keeps its storage. `visit` returns a log as it is after a reload. */
async function browserFor(log: FakeLog, { consistency = log.consistency }: Options = {}) {
  const storage = memoryStorage();
  const clock = { now: new Date('2026-01-02T03:04:05Z') };
  const pinned = await pinKey(log.publicKey, { logKey: '', apiUrl: 'a', storage: memoryStorage() });
  if (!pinned) throw new Error('No key');
  const visit = () =>
    createTrustedLog({ pinned, storage, fetchConsistency: consistency, now: () => clock.now });
  return { visit, clock };
}

const stateOf = ({ checks }: CheckedCheckpoint, name: string) =>
  checks.find((check) => check.name === name)?.state;
const signature = (checked: CheckedCheckpoint) => stateOf(checked, 'Checkpoint signature');
const earlier = (checked: CheckedCheckpoint) => stateOf(checked, 'Earlier checkpoint');

describe('a checkpoint', () => {
  it('passes if the pinned key signed it', async () => {
    const log = await logWith(3);
    const { visit } = await browserFor(log);
    const checked = await visit().checkNote((await log.checkpoint()).note);
    expect(checked.checks.map(({ state }) => state)).toEqual(['passed', 'passed', 'passed']);
    expect(checked.checkpoint?.size).toBe(3);
  });

  it('fails if another key signed it, or anything in it was changed', async () => {
    const [log, other] = [await logWith(3), await logWith(3)];
    const { visit } = await browserFor(log);
    const { note } = await log.checkpoint();
    expect(signature(await visit().checkNote((await other.checkpoint()).note))).toBe('failed');
    // The key ID of the signature is that of the pinned key, and still it isn't its signature.
    for (const forged of [
      note.replace('\n3\n', '\n2\n'),
      note.replace('log.', 'lag.'),
      note.trim(),
      'x',
      '',
    ]) {
      const checked = await visit().checkNote(forged);
      expect(signature(checked)).toBe('failed');
      expect(checked.checkpoint).toBeNull();
    }
  });
});

describe('the checkpoint stored in this browser', () => {
  it('accepts a log that has grown', async () => {
    const log = await logWith(5);
    const { visit } = await browserFor(log);
    for (const size of [1, 3, 3, 4, 5]) {
      expect(earlier(await visit().checkNote((await log.checkpoint(size)).note))).toBe('passed');
    }
  });

  it('finds a log that was rewritten', async () => {
    const log = await logWith(5);
    const { visit } = await browserFor(log);
    await visit().checkNote((await log.checkpoint(3)).note);
    const rewritten = await browserFor(log, { consistency: () => Promise.resolve([]) });
    await rewritten.visit().checkNote((await log.checkpoint(3)).note);
    expect(earlier(await rewritten.visit().checkNote((await log.checkpoint(5)).note))).toBe('failed');
    // And it isn't remembered: the next visit fails, too.
    expect(earlier(await rewritten.visit().checkNote((await log.checkpoint(5)).note))).toBe('failed');
  });

  it('finds another tree of the same size, and one that grew from another tree', async () => {
    const log = await logWith(3);
    const fork = await createFakeLog(log.keys);
    for (const event of [0, 1, 9, 3]) await fork.add(`e-${event}`, event.toString(16).padStart(64, '0'));
    const { visit } = await browserFor(log, { consistency: fork.consistency });
    await visit().checkNote((await log.checkpoint()).note);
    for (const size of [3, 4]) {
      const checked = await visit().checkNote((await fork.checkpoint(size)).note);
      expect(signature(checked)).toBe('passed');
      expect(earlier(checked)).toBe('failed');
    }
  });

  it('finds a log that was rolled back, but accepts a response that was late', async () => {
    const log = await logWith(5);
    const { visit, clock } = await browserFor(log);
    await visit().checkNote((await log.checkpoint(3)).note);
    await visit().checkNote((await log.checkpoint(5)).note);
    expect(earlier(await visit().checkNote((await log.checkpoint(4)).note))).toBe('passed');
    expect(earlier(await visit().checkNote((await log.checkpoint(5)).note))).toBe('passed');
    clock.now = new Date('2026-01-02T03:09:05Z');
    expect(earlier(await visit().checkNote((await log.checkpoint(4)).note))).toBe('failed');
  });

  it('does not decide if the service does not respond, and checks again later', async () => {
    const log = await logWith(5);
    let isAvailable = false;
    const { visit } = await browserFor(log, {
      consistency: (from, to) => (isAvailable ? log.consistency(from, to) : Promise.resolve(null)),
    });
    const trusted = visit();
    await trusted.checkNote((await log.checkpoint(3)).note);
    const { note } = await log.checkpoint(5);
    expect(earlier(await trusted.checkNote(note))).toBe('not-checked');
    isAvailable = true;
    expect(earlier(await trusted.checkNote(note))).toBe('passed');
  });
});
