/** The parts of an audit record that can be erased. The hash covers only a commitment to each. */
export type Part = 'person' | 'content';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function concatenate(pieces: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let offset = 0;
  for (const piece of pieces) {
    bytes.set(piece, offset);
    offset += piece.length;
  }
  return bytes;
}

async function sha256(...pieces: Uint8Array[]): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', concatenate(pieces));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

const SEPARATOR = new Uint8Array(1);

const fromBase64 = (text: string): Uint8Array =>
  Uint8Array.from(atob(text), (character) => character.charCodeAt(0));

/** Return the hash of a record: SHA-256 of the canonical text of its sealed part, in hexadecimal. */
export const hashSealed = (sealed: string): Promise<string> => sha256(utf8(sealed));

/** Return the commitment to a part: SHA-256("countersign/v1/<part>" ‖ 0x00 ‖ salt ‖ value), in hexadecimal. */
export const commitTo = (part: Part, saltBase64: string, value: string): Promise<string> =>
  sha256(utf8(`countersign/v1/${part}`), SEPARATOR, fromBase64(saltBase64), utf8(value));

/** Return the `previousHash` of a workflow's first event: SHA-256("countersign/v1/workflow" ‖ 0x00 ‖ workflowId). */
export const firstPreviousHash = (workflowId: string): Promise<string> =>
  sha256(utf8('countersign/v1/workflow'), SEPARATOR, utf8(workflowId));
