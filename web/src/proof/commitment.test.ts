import { expect, it } from 'vitest';
import { commitTo } from './commitment';

it.each([
  ['too short', btoa('s'.repeat(31))],
  ['too long', btoa('s'.repeat(33))],
  ['not base64', '?'],
  ['written in another way', `${btoa('s'.repeat(32))} `],
])('a salt that is %s is rejected', async (_, salt) => {
  await expect(commitTo('person', salt, '{}')).rejects.toThrow(TypeError);
});
