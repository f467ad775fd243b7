import { equalBytes, fromHex, toHex, utf8 } from './bytes';
import { isRecent, type Check } from './checks';
import { eventEntry } from './logEntry';
import { leafHash, rootOfInclusion } from './merkle';
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

const NAME = 'Inclusion in the log';

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
  const { checkpoint, checks } = await log.checkNote(proof.note);
  // The entry is never taken from the service: it would prove another record.
  const entry = eventEntry(event.eventId, event.hash);
  const leaf = await leafHash(utf8(entry));
  const inputs = {
    Entry: entry.trimEnd(),
    'Leaf hash': toHex(leaf),
    'Leaf index': String(proof.index),
    'Hashes on the path': proof.hashes.join('\n') || '–',
  };
  if (!checkpoint) {
    const detail = "Without a signed checkpoint, the inclusion can't be checked.";
    return [{ name: NAME, state: 'failed', detail, inputs }, ...checks];
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
    name: NAME,
    state: isIncluded ? 'passed' : 'failed',
    detail: isIncluded
      ? `The record is entry ${proof.index + 1} of ${checkpoint.size} in the log.`
      : "The log doesn't contain the record with this hash.",
    inputs: {
      ...inputs,
      'Computed root hash': root ?? '–',
      'Root hash in the checkpoint': toHex(checkpoint.root),
    },
  };
  return [inclusion, ...checks];
}

function pendingCheck({ occurredAt }: LoggedEvent, now: Date): Check {
  return isRecent(occurredAt, now)
    ? {
        name: NAME,
        state: 'pending',
        detail:
          'The record is newer than the newest checkpoint. It is added to the log within a minute or two.',
      }
    : {
        name: NAME,
        state: 'failed',
        detail: 'The record is not in the log, although it is old enough to be.',
      };
}
