import { equalBytes, fromHex, toHex, utf8 } from './bytes';
import { isRecent, type Check } from './checks';
import { eventEntry } from './logEntry';
import { leafHash, rootOfInclusion } from './merkle';
import { proofText } from './text';
import type { TrustedLog } from './trustedLog';

/** The proof that an entry is in the tree of a checkpoint. Hashes are in hexadecimal. */
export interface InclusionProof {
  index: number;
  hashes: string[];
  /** The signed note. */
  note: string;
}

/** The event whose entry must be in the log. */
export interface LoggedEvent {
  eventId: string;
  /** The hash that the browser computed. */
  hash: string;
  /** RFC 3339. */
  occurredAt: string;
}

/**
 * Check that an event is in the log, and that the log's checkpoint is signed.
 *
 * @param proof null if the service says that the event is not in the log yet.
 */
export async function checkInclusion(
  event: LoggedEvent,
  proof: InclusionProof | null,
  log: TrustedLog,
  now: Date,
): Promise<Check[]> {
  if (!proof) return [pendingCheck(event, now)];
  const t = proofText();
  const name = t('names.inclusion');
  const { checkpoint, checks } = await log.checkNote(proof.note);
  // The entry is never taken from the service: it would prove another record.
  const entry = eventEntry(event.eventId, event.hash);
  const leaf = await leafHash(utf8(entry));
  const inputs = {
    [t('labels.entry')]: entry.trimEnd(),
    [t('labels.leafHash')]: toHex(leaf),
    [t('labels.leafIndex')]: String(proof.index),
    [t('labels.path')]: proof.hashes.join('\n') || '–',
  };
  if (!checkpoint) {
    return [{ name, state: 'failed', detail: t('inclusion.unsigned'), inputs }, ...checks];
  }
  let root: string | null;
  let isIncluded = false;
  try {
    const bytes = await rootOfInclusion(leaf, proof.index, checkpoint.size, proof.hashes.map(fromHex));
    root = toHex(bytes);
    isIncluded = equalBytes(bytes, checkpoint.root);
  } catch {
    root = null;
  }
  const inclusion: Check = {
    name,
    state: isIncluded ? 'passed' : 'failed',
    detail: isIncluded
      ? t('inclusion.passed', { position: proof.index + 1, size: checkpoint.size })
      : t('inclusion.failed'),
    inputs: {
      ...inputs,
      [t('labels.computedRoot')]: root ?? '–',
      [t('labels.root')]: toHex(checkpoint.root),
    },
  };
  return [inclusion, ...checks];
}

function pendingCheck({ occurredAt }: LoggedEvent, now: Date): Check {
  const t = proofText();
  const isPending = isRecent(occurredAt, now);
  return {
    name: t('names.inclusion'),
    state: isPending ? 'pending' : 'failed',
    detail: t(isPending ? 'inclusion.pending' : 'inclusion.late'),
  };
}
