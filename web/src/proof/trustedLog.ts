import { fromHex, toHex } from './bytes';
import type { Check } from './checks';
import { isConsistent, type Tree } from './merkle';
import type { PinnedKey } from './pinnedKey';
import { proofText } from './text';
import { isSignedBy, parseCheckpoint, type SignedCheckpoint } from './signedNote';

/** How long a response can take: an older checkpoint that arrives within this time after a newer one is normal. */
const LATE_RESPONSE_MS = 2 * 60_000;

/** A checkpoint after its checks. */
export interface CheckedCheckpoint {
  /** null if the note is not a checkpoint that the log signed. */
  checkpoint: SignedCheckpoint | null;
  checks: Check[];
}

/** The newest checkpoint that this browser has found valid. */
interface Memory {
  size: number;
  root: string;
  /** When this browser saw it first (ms since 1970). */
  seenAt: number;
}

interface Dependencies {
  pinned: PinnedKey;
  storage: Pick<Storage, 'getItem' | 'setItem'>;
  /** Fetch the hashes of a consistency proof. Returns null if the service didn't respond. */
  fetchConsistency: (from: number, to: number) => Promise<string[] | null>;
  now: () => Date;
}

/** The log, as far as this browser trusts it: it checks checkpoints against the pinned key and against earlier ones. */
export interface TrustedLog {
  pinned: PinnedKey;
  checkNote: (note: string) => Promise<CheckedCheckpoint>;
}

export function createTrustedLog(dependencies: Dependencies): TrustedLog {
  const results = new Map<string, Promise<CheckedCheckpoint>>();
  let previous: Promise<unknown> = Promise.resolve();
  return {
    pinned: dependencies.pinned,
    // One after the other, so that each is compared with the checkpoint that the one before has stored.
    checkNote: (note) => {
      const known = results.get(note);
      if (known) return known;
      const result = previous.then(() => checkNote(note, dependencies));
      previous = result.catch(() => undefined);
      results.set(note, result);
      void result.then(
        ({ checks }) => {
          // What couldn't be checked now might be possible later.
          if (checks.some(({ state }) => state === 'not-checked')) results.delete(note);
        },
        () => results.delete(note),
      );
      return result;
    },
  };
}

async function checkNote(note: string, dependencies: Dependencies): Promise<CheckedCheckpoint> {
  const { pinned } = dependencies;
  let checkpoint: SignedCheckpoint | null = null;
  try {
    const parsed = parseCheckpoint(note);
    if (await isSignedBy(parsed, pinned.key)) checkpoint = parsed;
  } catch {
    // Not a checkpoint at all.
  }
  const t = proofText();
  const signature: Check = {
    name: t('names.signature'),
    state: checkpoint ? 'passed' : 'failed',
    detail: checkpoint ? t('signature.passed', { count: checkpoint.size }) : t('signature.failed'),
    inputs: { [t('labels.checkpoint')]: note, [t('labels.pinnedKey')]: pinned.fingerprint },
  };
  const checks = [keyCheck(pinned), signature];
  if (checkpoint) checks.push(await compareWithMemory(checkpoint, dependencies));
  return { checkpoint, checks };
}

function keyCheck(pinned: PinnedKey): Check {
  const t = proofText();
  const name = t('names.key');
  const inputs = { [t('labels.pinnedKey')]: pinned.fingerprint };
  if (pinned.changedTo !== null) {
    return {
      name,
      state: 'failed',
      detail: t('key.changed'),
      inputs: { ...inputs, [t('labels.servedKey')]: pinned.changedTo },
    };
  }
  const detail = t(pinned.source === 'deployment' ? 'key.deployed' : 'key.pinned');
  return { name, state: 'passed', detail, inputs };
}

async function compareWithMemory(
  { size, root }: SignedCheckpoint,
  { pinned, storage, fetchConsistency, now }: Dependencies,
): Promise<Check> {
  const t = proofText();
  const name = t('names.earlier');
  const item = `countersign.checkpoint.${pinned.fingerprint}`;
  const remember = () => {
    const memory: Memory = { size, root: toHex(root), seenAt: now().getTime() };
    storage.setItem(item, JSON.stringify(memory));
  };
  const memory = readMemory(storage.getItem(item));
  if (!memory) {
    remember();
    return { name, state: 'passed', detail: t('earlier.first') };
  }
  const seen = { size: memory.size, root: fromHex(memory.root) };
  const inputs = { [t('labels.earlierSize')]: String(seen.size), [t('labels.earlierRoot')]: memory.root };
  const [older, newer] = size < seen.size ? [{ size, root }, seen] : [seen, { size, root }];
  if (size < seen.size && now().getTime() - memory.seenAt > LATE_RESPONSE_MS) {
    return { name, state: 'failed', detail: t('earlier.rolledBack'), inputs };
  }
  const consistent = await areConsistent(older, newer, fetchConsistency);
  if (consistent === null) {
    return { name, state: 'not-checked', detail: t('earlier.noProof'), inputs };
  }
  if (!consistent) {
    return { name, state: 'failed', detail: t('earlier.failed'), inputs };
  }
  if (size > seen.size) remember();
  return { name, state: 'passed', detail: t('earlier.passed'), inputs };
}

async function areConsistent(
  older: Tree,
  newer: Tree,
  fetchConsistency: Dependencies['fetchConsistency'],
): Promise<boolean | null> {
  // The empty tree is part of every tree.
  if (older.size === 0) return true;
  if (older.size === newer.size) return isConsistent(older, newer, []);
  const hashes = await fetchConsistency(older.size, newer.size);
  if (hashes === null) return null;
  try {
    return await isConsistent(older, newer, hashes.map(fromHex));
  } catch {
    return false;
  }
}

function readMemory(text: string | null): Memory | null {
  if (text === null) return null;
  try {
    const { size, root, seenAt } = JSON.parse(text) as Partial<Memory>;
    if (typeof size !== 'number' || typeof seenAt !== 'number' || !/^[0-9a-f]{64}$/.test(root ?? ''))
      return null;
    return { size, root: root ?? '', seenAt };
  } catch {
    return null;
  }
}
