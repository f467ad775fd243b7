// Signed notes, checkpoints, and cosignatures (C2SP signed-note, tlog-checkpoint, and tlog-cosignature).

import { concatenate, equalBytes, fromBase64, sha256, toBase64, toHex, utf8 } from './bytes';
import { derToRaw } from './ecdsa';

type Bytes = Uint8Array<ArrayBuffer>;

const ECDSA = 0x02;
const COSIGNATURE = 0x04;
const KEY_ID_BYTES = 4;
const TIME_BYTES = 8;
const COSIGNATURE_BYTES = TIME_BYTES + 64;
const LINE_START = '— ';

/** A text is not a signed note, a checkpoint, or a verifier key. */
export class InvalidNoteError extends Error {
  override name = 'InvalidNoteError';
}

/** Run a step that reads a text. Throws InvalidNoteError if the text has another form. */
function reading<Value>(message: string, read: () => Value): Value {
  try {
    return read();
  } catch {
    throw new InvalidNoteError(message);
  }
}

/** A public key with its name. */
export interface VerifierKey {
  name: string;
  /** The first bytes of each of its signature lines, in hexadecimal. */
  keyId: string;
  type: number;
  publicKey: Bytes;
}

const VERIFIER_KEY = /^([^\s+]+)\+([0-9a-f]{8})\+(.+)$/;

/** Read `<name>+<key ID>+<base64 of the type and the public key>`, and check the key ID. */
export async function parseVerifierKey(text: string): Promise<VerifierKey> {
  const [, name = '', keyId = '', material = ''] = VERIFIER_KEY.exec(text) ?? [];
  const bytes = reading('Not a verifier key.', () => fromBase64(material));
  const [type] = bytes;
  if (!name || (type !== ECDSA && type !== COSIGNATURE)) throw new InvalidNoteError('Not a verifier key.');
  const publicKey = bytes.slice(1);
  const key = { name, type, publicKey };
  if ((await keyIdOf(key)) !== keyId) throw new InvalidNoteError('The key ID is not that of the key.');
  return { ...key, keyId };
}

/** Return the key of a log from the DER encoding of its SubjectPublicKeyInfo. */
export async function ecdsaKey(name: string, publicKey: Bytes): Promise<VerifierKey> {
  const key = { name, type: ECDSA, publicKey };
  return { ...key, keyId: await keyIdOf(key) };
}

async function keyIdOf({ name, type, publicKey }: Omit<VerifierKey, 'keyId'>): Promise<string> {
  // The key ID of an ECDSA key is a hash of the public key alone.
  const hashed = type === ECDSA ? publicKey : concatenate(utf8(`${name}\n`), Uint8Array.of(type), publicKey);
  return toHex((await sha256(hashed)).slice(0, KEY_ID_BYTES));
}

/** Return the text form of a key. */
export const formatVerifierKey = ({ name, keyId, type, publicKey }: VerifierKey): string =>
  `${name}+${keyId}+${toBase64(concatenate(Uint8Array.of(type), publicKey))}`;

/** Return the fingerprint of a public key, as OpenSSH prints it. */
export const fingerprintOf = async ({ publicKey }: VerifierKey): Promise<string> =>
  `SHA256:${toBase64(await sha256(publicKey)).replace(/=+$/, '')}`;

export const isSameKey = (one: VerifierKey, other: VerifierKey): boolean =>
  one.name === other.name && one.type === other.type && equalBytes(one.publicKey, other.publicKey);

interface NoteSignature {
  name: string;
  keyId: string;
  signature: Bytes;
}

/** A checkpoint as the log published it. Nothing here is verified. */
export interface SignedCheckpoint {
  origin: string;
  size: number;
  root: Bytes;
  /** What is signed. */
  text: string;
  signatures: NoteSignature[];
}

const CHECKPOINT = /^([^\n]+)\n(0|[1-9]\d*)\n([^\n]+)\n$/;

/** Read a signed checkpoint. Throws InvalidNoteError for a text that isn't exactly one. */
export function parseCheckpoint(note: string): SignedCheckpoint {
  const end = note.lastIndexOf('\n\n');
  if (end < 0 || !note.endsWith('\n')) throw new InvalidNoteError('Not a signed note.');
  const text = note.slice(0, end + 1);
  const [, origin = '', size = '', root = ''] = CHECKPOINT.exec(text) ?? [];
  const rootBytes = reading('Not a checkpoint.', () => fromBase64(root));
  if (!origin || !Number.isSafeInteger(Number(size)) || rootBytes.length !== 32) {
    throw new InvalidNoteError('Not a checkpoint.');
  }
  const lines = note.slice(end + 2, -1).split('\n');
  return { origin, size: Number(size), root: rootBytes, text, signatures: lines.map(parseSignature) };
}

function parseSignature(line: string): NoteSignature {
  const [name = '', encoded = '', ...rest] = line.slice(LINE_START.length).split(' ');
  const bytes = reading('Not a signature line.', () => fromBase64(encoded));
  if (!line.startsWith(LINE_START) || !name || rest.length > 0 || bytes.length <= KEY_ID_BYTES) {
    throw new InvalidNoteError('Not a signature line.');
  }
  return { name, keyId: toHex(bytes.slice(0, KEY_ID_BYTES)), signature: bytes.slice(KEY_ID_BYTES) };
}

const signaturesBy = ({ signatures }: SignedCheckpoint, key: VerifierKey): Bytes[] =>
  signatures
    .filter(({ name, keyId }) => name === key.name && keyId === key.keyId)
    .map(({ signature }) => signature);

/**
 * Return whether the log signed this checkpoint, and the checkpoint is of this log.
 *
 * If a note has several signatures by one key, all must be valid (C2SP signed-note).
 */
export async function isSignedBy(checkpoint: SignedCheckpoint, key: VerifierKey): Promise<boolean> {
  if (checkpoint.origin !== key.name || key.type !== ECDSA) return false;
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const publicKey = await crypto.subtle.importKey('spki', key.publicKey, algorithm, false, ['verify']);
  const signatures = signaturesBy(checkpoint, key);
  for (const der of signatures) {
    const raw = derToRaw(der);
    const parameters = { name: 'ECDSA', hash: 'SHA-256' };
    if (!raw || !(await verify(parameters, publicKey, raw, utf8(checkpoint.text)))) return false;
  }
  return signatures.length > 0;
}

const verify = (
  algorithm: AlgorithmIdentifier | EcdsaParams,
  key: CryptoKey,
  signature: Bytes,
  data: Bytes,
) => crypto.subtle.verify(algorithm, key, signature, data);

/** Whether a witness signed a checkpoint. `not-checked`: this browser can't verify Ed25519. */
export type Cosignature =
  { state: 'valid'; time: Date } | { state: 'invalid' } | { state: 'missing' } | { state: 'not-checked' };

/** Check the cosignature of a witness. */
export async function checkCosignature(checkpoint: SignedCheckpoint, key: VerifierKey): Promise<Cosignature> {
  const signatures = signaturesBy(checkpoint, key);
  if (signatures.length === 0) return { state: 'missing' };
  if (key.type !== COSIGNATURE) return { state: 'invalid' };
  let publicKey: CryptoKey;
  try {
    publicKey = await crypto.subtle.importKey('raw', key.publicKey, { name: 'Ed25519' }, false, ['verify']);
  } catch {
    return { state: 'not-checked' };
  }
  let newest = 0;
  for (const bytes of signatures) {
    if (bytes.length !== COSIGNATURE_BYTES) return { state: 'invalid' };
    const seconds = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0);
    const signed = utf8(`cosignature/v1\ntime ${seconds}\n${checkpoint.text}`);
    if (!(await verify({ name: 'Ed25519' }, publicKey, bytes.slice(TIME_BYTES), signed))) {
      return { state: 'invalid' };
    }
    newest = Math.max(newest, Number(seconds));
  }
  return { state: 'valid', time: new Date(newest * 1000) };
}
