import { fromBase64, sha256, toHex, utf8 } from './bytes';

/** The parts of an audit record that can be erased. The hash covers only a commitment to each. */
export type Part = 'person' | 'content';

const SEPARATOR = new Uint8Array(1);
const SALT_BYTES = 32;

/** Return the hash of a record: SHA-256 of the canonical text of its sealed part, in hexadecimal. */
export const hashSealed = async (sealed: string): Promise<string> => toHex(await sha256(utf8(sealed)));

/**
 * Return the commitment to a part: SHA-256("countersign/v1/<part>" ‖ 0x00 ‖ salt ‖ value), in hexadecimal.
 *
 * Throws TypeError for a salt that is not 32 bytes in base64: bytes could move between the salt and the value.
 */
export async function commitTo(part: Part, saltBase64: string, value: string): Promise<string> {
  const salt = fromBase64(saltBase64);
  if (salt.length !== SALT_BYTES) throw new TypeError(`A salt has ${SALT_BYTES} bytes.`);
  return toHex(await sha256(utf8(`countersign/v1/${part}`), SEPARATOR, salt, utf8(value)));
}

/** Return the `previousHash` of a workflow's first event: SHA-256("countersign/v1/workflow" ‖ 0x00 ‖ workflowId). */
export const firstPreviousHash = async (workflowId: string): Promise<string> =>
  toHex(await sha256(utf8('countersign/v1/workflow'), SEPARATOR, utf8(workflowId)));
