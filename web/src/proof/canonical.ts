/**
 * Return the canonical JSON text of a value (RFC 8785).
 *
 * RFC 8785 serializes numbers and strings as ECMAScript does, and sorts members by the UTF-16 code units of their
 * names, which is how `sort` compares strings.
 *
 * Throws TypeError for values that JSON can't express, and for strings with lone surrogates.
 */
export function canonicalize(value: unknown): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return canonicalizeNumber(value);
  if (typeof value === 'string') return canonicalizeString(value);
  if (Array.isArray(value)) return `[${value.map(canonicalize).join(',')}]`;
  if (typeof value === 'object') {
    const members = Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, member]) => `${canonicalizeString(name)}:${canonicalize(member)}`);
    return `{${members.join(',')}}`;
  }
  throw new TypeError(`JSON has no value of type ${typeof value}.`);
}

function canonicalizeNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError('JSON numbers must be finite.');
  return JSON.stringify(value);
}

const LONE_SURROGATE = /\p{Surrogate}/u;

function canonicalizeString(value: string): string {
  if (LONE_SURROGATE.test(value)) throw new TypeError('JSON strings must be valid Unicode.');
  return JSON.stringify(value);
}
