import type { VerifiableRecord } from '../api/types';
import { canonicalize } from './canonical';
import { commitTo, hashSealed, type Part } from './commitment';

export interface RecordCheck {
  sealed: 'valid' | 'invalid';
  person: PartCheck;
  content: PartCheck;
}

/** `unavailable`: the part was erased or is withheld from this user, so only its commitment is left. */
export type PartCheck = 'valid' | 'invalid' | 'unavailable';

function parseSealed(text: string): Record<string, unknown> | null {
  try {
    const sealed = JSON.parse(text) as unknown;
    return typeof sealed === 'object' && sealed !== null ? (sealed as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

/** Recompute the hash and the commitments of an audit record in the browser, without trusting the service. */
export async function checkRecord({
  hash,
  canonical,
}: Pick<VerifiableRecord, 'hash' | 'canonical'>): Promise<RecordCheck> {
  const sealed = parseSealed(canonical.sealed);
  const checkPart = async (part: Part): Promise<PartCheck> => {
    const opening = canonical[part];
    if (!opening) return 'unavailable';
    const commitment = await commitTo(part, opening.salt, opening.value);
    return commitment === sealed?.[`${part}Commitment`] ? 'valid' : 'invalid';
  };
  const isSealedValid =
    sealed !== null &&
    canonicalize(sealed) === canonical.sealed &&
    (await hashSealed(canonical.sealed)) === hash;
  return {
    sealed: isSealedValid ? 'valid' : 'invalid',
    person: await checkPart('person'),
    content: await checkPart('content'),
  };
}
