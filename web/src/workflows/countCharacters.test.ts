import { expect, it } from 'vitest';
import { countCharacters } from './countCharacters';

it('counts what the service counts', () => {
  expect(countCharacters('')).toBe(0);
  expect(countCharacters('Zoë')).toBe(3);
  expect(countCharacters('😀😀')).toBe(2);
});
