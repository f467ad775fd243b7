import { expect, it } from 'vitest';
import { lengthOf } from './countCharacters';

it('counts what the service counts', () => {
  expect(lengthOf('')).toBe(0);
  expect(lengthOf('Zoë')).toBe(3);
  expect(lengthOf('😀😀')).toBe(2);
});
