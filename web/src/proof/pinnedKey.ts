import {
  fingerprintOf,
  formatVerifierKey,
  isSameKey,
  parseVerifierKey,
  type VerifierKey,
} from './signedNote';
import { proofText } from './text';
import type { PublicKeys } from '../api/types';

/** The public key that this browser checks the log with. */
export interface PinnedKey {
  key: VerifierKey;
  /** As OpenSSH prints it. */
  fingerprint: string;
  source: 'deployment' | 'first-use';
  /** The fingerprint of the key that the service uses now, if it is another one. */
  changedTo: string | null;
}

interface Settings {
  /** The verifier key in config.json, or an empty string. */
  logKey: string;
  /** Where to store the key of the first use, by API. */
  apiUrl: string;
  storage: Pick<Storage, 'getItem' | 'setItem'>;
}

/**
 * Return the key to check the log with.
 *
 * It is the key that the console was deployed with. Without one, it is the key that this browser used first.
 *
 * @param served What the service says its key is. Null if it couldn't be fetched.
 * @returns null if no key is known.
 */
export async function pinKey(served: PublicKeys | null, settings: Settings): Promise<PinnedKey | null> {
  const pin = async (key: VerifierKey, source: PinnedKey['source']): Promise<PinnedKey> => ({
    key,
    fingerprint: await fingerprintOf(key),
    source,
    changedTo: served && (await describeChange(key, served)),
  });
  if (settings.logKey) return pin(await parseVerifierKey(settings.logKey), 'deployment');
  const item = `countersign.logKey.${settings.apiUrl}`;
  const first = settings.storage.getItem(item);
  if (first) return pin(await parseVerifierKey(first), 'first-use');
  if (!served) return null;
  const key = await parseVerifierKey(served.vkey);
  settings.storage.setItem(item, formatVerifierKey(key));
  return pin(key, 'first-use');
}

/** Return the fingerprint of the key that the service uses, or null if it is the pinned one. */
async function describeChange(pinned: VerifierKey, served: PublicKeys): Promise<string | null> {
  try {
    const key = await parseVerifierKey(served.vkey);
    return isSameKey(pinned, key) ? null : await fingerprintOf(key);
  } catch {
    return proofText()('labels.unknownKey');
  }
}
