import { expect, it } from 'vitest';
import { countCharacters } from './countCharacters';

it('characters are counted in code points, as the service does', () => {
  expect(countCharacters('')).toBe(0);
  expect(countCharacters('Zoë')).toBe(3);
  expect(countCharacters('😀😀')).toBe(2);
});
