import { describe, expect, it } from 'vitest';
import { canonicalize } from './canonical';

describe('canonical JSON', () => {
  it('sorts member names by UTF-16 code units, not by code points', () => {
    // U+1F600 is above U+FB33, but its first code unit is below.
    expect(canonicalize({ '\ufb33': 1, '\u{1f600}': 2 })).toBe('{"\u{1f600}":2,"\ufb33":1}');
  });

  it('keeps every member name, even __proto__', () => {
    expect(canonicalize(JSON.parse('{"b":1,"__proto__":2}'))).toBe('{"__proto__":2,"b":1}');
  });

  it.each([
    [12.5, '12.5'],
    [1e21, '1e+21'],
    [1e-7, '1e-7'],
    [-0, '0'],
  ])('writes the number %d as ECMAScript does', (value, expected) => {
    expect(canonicalize(value)).toBe(expected);
  });

  it.each([NaN, Infinity, undefined, 1n, '\ud800', { '\udfff': 1 }])('rejects %s', (value) => {
    expect(() => canonicalize(value)).toThrow(TypeError);
  });
});
