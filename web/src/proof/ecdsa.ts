const COORDINATE_BYTES = 32;
const SEQUENCE = 0x30;
const INTEGER = 0x02;

/**
 * Convert an ECDSA P-256 signature from DER (RFC 3279) to r ‖ s, which WebCrypto needs.
 *
 * @returns null for bytes that are not the DER encoding of such a signature.
 */
export function derToRaw(der: Uint8Array): Uint8Array<ArrayBuffer> | null {
  if (der[0] !== SEQUENCE || der[1] !== der.length - 2) return null;
  const r = readInteger(der, 2);
  const s = r && readInteger(der, r.end);
  if (!s || s.end !== der.length) return null;
  const raw = new Uint8Array(2 * COORDINATE_BYTES);
  raw.set(r.value, COORDINATE_BYTES - r.value.length);
  raw.set(s.value, 2 * COORDINATE_BYTES - s.value.length);
  return raw;
}

function readInteger(der: Uint8Array, start: number): { value: Uint8Array; end: number } | null {
  const length = der[start + 1] ?? 0;
  const end = start + 2 + length;
  const [first = 0, second = 0] = der.subarray(start + 2, end);
  if (der[start] !== INTEGER || length === 0 || end > der.length || first > 0x7f) return null;
  // A leading zero is allowed only in front of a byte that would make the number negative.
  const isPadded = first === 0 && length > 1;
  if (isPadded && second <= 0x7f) return null;
  const value = der.subarray(start + (isPadded ? 3 : 2), end);
  return value.length > COORDINATE_BYTES ? null : { value, end };
}
