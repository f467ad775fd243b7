import { concatenate, fromHex, toBase64, toHex, utf8 } from '../proof/bytes';
import { eventEntry } from '../proof/logEntry';
import { leafHash, type Hash } from '../proof/merkle';
import { ecdsaKey, formatVerifierKey, type VerifierKey } from '../proof/signedNote';
import type { Checkpoint, PublicKeys, RecordProof } from '../api/types';

const ORIGIN = 'log.example.com';

/** Return an ECDSA signature in DER, from r ‖ s. */
function rawToDer(raw: Uint8Array): Uint8Array {
  const integer = (bytes: Uint8Array): Uint8Array => {
    const first = bytes.findIndex((byte) => byte !== 0);
    const digits = bytes.slice(first);
    const padding = (digits[0] ?? 0) > 0x7f ? [0] : [];
    return Uint8Array.of(0x02, digits.length + padding.length, ...padding, ...digits);
  };
  const body = concatenate(integer(raw.slice(0, 32)), integer(raw.slice(32)));
  return concatenate(Uint8Array.of(0x30, body.length), body);
}

async function nodeHash(left: Hash, right: Hash): Promise<Hash> {
  const bytes = concatenate(Uint8Array.of(1), left, right);
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}

/** The largest power of two below the size. */
const split = (size: number): number => 2 ** (Math.ceil(Math.log2(size)) - 1);

async function rootOf(leaves: Hash[]): Promise<Hash> {
  const [only] = leaves;
  if (only && leaves.length === 1) return only;
  const middle = split(leaves.length);
  return nodeHash(await rootOf(leaves.slice(0, middle)), await rootOf(leaves.slice(middle)));
}

async function inclusionOf(leaves: Hash[], index: number): Promise<Hash[]> {
  if (leaves.length === 1) return [];
  const middle = split(leaves.length);
  const [left, right] = [leaves.slice(0, middle), leaves.slice(middle)];
  return index < middle
    ? [...(await inclusionOf(left, index)), await rootOf(right)]
    : [...(await inclusionOf(right, index - middle)), await rootOf(left)];
}

/** RFC 6962, section 2.1.2. */
async function consistencyOf(leaves: Hash[], size: number, isKnown = true): Promise<Hash[]> {
  if (size === leaves.length) return isKnown ? [] : [await rootOf(leaves)];
  const middle = split(leaves.length);
  const [left, right] = [leaves.slice(0, middle), leaves.slice(middle)];
  return size <= middle
    ? [...(await consistencyOf(left, size, isKnown)), await rootOf(right)]
    : [...(await consistencyOf(right, size - middle, false)), await rootOf(left)];
}

/** A log with a key of its own, which signs what the test adds. */
export interface FakeLog {
  keys: CryptoKeyPair;
  key: VerifierKey;
  publicKey: PublicKeys;
  /** Add an event. Returns its leaf index. */
  add: (eventId: string, hash: string) => Promise<number>;
  /** Sign the tree of the first `size` leaves. */
  checkpoint: (size?: number) => Promise<Checkpoint>;
  proofOf: (eventId: string) => Promise<RecordProof>;
  consistency: (from: number, to: number) => Promise<string[]>;
}

const generateKeys = () =>
  crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);

/** Create an empty log. With the keys of another one, it is a fork of that. */
export async function createFakeLog(keys?: CryptoKeyPair): Promise<FakeLog> {
  const pair = keys ?? (await generateKeys());
  const key = await ecdsaKey(ORIGIN, new Uint8Array(await crypto.subtle.exportKey('spki', pair.publicKey)));
  const leaves: Hash[] = [];
  const entries: string[] = [];

  const checkpoint = async (size = leaves.length): Promise<Checkpoint> => {
    const root = await rootOf(leaves.slice(0, size));
    const text = `${ORIGIN}\n${size}\n${toBase64(root)}\n`;
    const raw = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, pair.privateKey, utf8(text));
    const signature = concatenate(fromHex(key.keyId), rawToDer(new Uint8Array(raw)));
    return {
      origin: ORIGIN,
      size,
      rootHash: toHex(root),
      signedAt: new Date().toISOString(),
      note: `${text}\n— ${ORIGIN} ${toBase64(signature)}\n`,
      cosigners: [],
    };
  };
  return {
    keys: pair,
    key,
    publicKey: {
      origin: ORIGIN,
      vkey: formatVerifierKey(key),
      pem: '',
      fingerprint: '',
      witnesses: [],
    },
    add: async (eventId, hash) => {
      const entry = eventEntry(eventId, hash);
      entries.push(entry);
      leaves.push(await leafHash(utf8(entry)));
      return leaves.length - 1;
    },
    checkpoint,
    proofOf: async (eventId) => {
      const leafIndex = entries.findIndex((entry) => entry.includes(`\n${eventId}\n`));
      const leaf = leaves[leafIndex];
      if (!leaf) {
        const nothing = { entry: null, leafIndex: null, leafHash: null, treeSize: null, proof: null };
        return { datasetId: eventId, state: 'pending', ...nothing, checkpoint: null };
      }
      return {
        datasetId: eventId,
        state: 'sealed',
        entry: entries[leafIndex] ?? null,
        leafIndex,
        leafHash: toHex(leaf),
        treeSize: leaves.length,
        proof: (await inclusionOf(leaves, leafIndex)).map(toHex),
        checkpoint: await checkpoint(),
      };
    },
    consistency: async (from, to) => (await consistencyOf(leaves.slice(0, to), from)).map(toHex),
  };
}
