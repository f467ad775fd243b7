import { describe, expect, it } from 'vitest';
import { Problem } from './problem';
import { IdempotencyKeys } from './idempotencyKeys';

function counted() {
  let next = 0;
  return new IdempotencyKeys(() => `key-${++next}`);
}

const failing = (status: number) => (key: string) =>
  Promise.reject(Object.assign(new Problem(status, 'about:blank', 'No', ''), { key }));

describe('the idempotency key of a write', () => {
  it('stays the same while no clear answer came', async () => {
    const keys = counted();
    await expect(keys.run({ a: 1 }, failing(0))).rejects.toMatchObject({ key: 'key-1' });
    await expect(keys.run({ a: 1 }, failing(503))).rejects.toMatchObject({ key: 'key-1' });
    expect(await keys.run({ a: 1 }, (key) => Promise.resolve(key))).toBe('key-1');
  });

  it('is new for another body', async () => {
    const keys = counted();
    await expect(keys.run({ a: 1 }, failing(0))).rejects.toThrow();
    expect(await keys.run({ a: 2 }, (key) => Promise.resolve(key))).toBe('key-2');
  });

  it('is new after a success and after a refusal', async () => {
    const keys = counted();
    await keys.run({ a: 1 }, () => Promise.resolve());
    await expect(keys.run({ a: 1 }, failing(409))).rejects.toMatchObject({ key: 'key-2' });
    expect(await keys.run({ a: 1 }, (key) => Promise.resolve(key))).toBe('key-3');
  });
});
