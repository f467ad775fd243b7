import { describe, expect, it } from 'vitest';
import { IdempotencyKeys } from './idempotencyKeys';
import { ProblemError } from './problem';

function numberedKeys() {
  let next = 0;
  return new IdempotencyKeys(() => `key-${++next}`);
}

const failWith = (status: number) => (key: string) =>
  Promise.reject(Object.assign(new ProblemError({ status, title: 'No' }), { key }));

describe('the idempotency key of a write', () => {
  it('stays the same while the outcome is unknown', async () => {
    const keys = numberedKeys();
    await expect(keys.run({ a: 1 }, failWith(0))).rejects.toMatchObject({ key: 'key-1' });
    await expect(keys.run({ a: 1 }, failWith(503))).rejects.toMatchObject({ key: 'key-1' });
    expect(await keys.run({ a: 1 }, (key) => Promise.resolve(key))).toBe('key-1');
  });

  it('changes with the body', async () => {
    const keys = numberedKeys();
    await expect(keys.run({ a: 1 }, failWith(0))).rejects.toThrow();
    expect(await keys.run({ a: 2 }, (key) => Promise.resolve(key))).toBe('key-2');
  });

  it('changes after a success and after a rejection', async () => {
    const keys = numberedKeys();
    await keys.run({ a: 1 }, () => Promise.resolve());
    await expect(keys.run({ a: 1 }, failWith(409))).rejects.toMatchObject({ key: 'key-2' });
    expect(await keys.run({ a: 1 }, (key) => Promise.resolve(key))).toBe('key-3');
  });
});
