import { describe, expect, it } from 'vitest';
import { fromHex, toHex } from './bytes';
import { derToRaw } from './ecdsa';

const convert = (hex: string) => {
  const raw = derToRaw(fromHex(hex));
  return raw && toHex(raw);
};
const number = (text: string) => text.padStart(64, '0');

describe('a signature in DER', () => {
  it.each([
    ['small numbers', '3006020101020102', number('01') + number('02')],
    ['a number with a leading zero', '30080202008002020081', number('80') + number('81')],
    [
      'numbers of full length',
      `3046022100${'ff'.repeat(32)}022100${'ee'.repeat(32)}`,
      'ff'.repeat(32) + 'ee'.repeat(32),
    ],
  ])('with %s becomes r and s', (_, der, raw) => {
    expect(convert(der)).toBe(raw);
  });

  it.each([
    ['nothing', ''],
    ['another tag', '3106020101020102'],
    ['another length', '3007020101020102'],
    ['bytes after it', '300602010102010200'],
    ['bytes after s', '300702010102010200'],
    ['one number', '3003020101'],
    ['a negative number', '3006020180020102'],
    ['a needless zero', '300702020001020102'],
    ['a number without bytes', '30050200020102'],
    ['a number of another type', '3006030101020102'],
    ['a number that is cut off', '3006020101020201'],
    ['a number that is too long', `3047022201${'ff'.repeat(33)}022100${'ee'.repeat(32)}`],
  ])('with %s is invalid', (_, der) => {
    expect(convert(der)).toBeNull();
  });
});
