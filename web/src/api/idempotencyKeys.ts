import { useState } from 'react';
import { toProblem } from './problem';

/**
 * Idempotency keys for one form or dialog. A write that got no clear answer keeps its key, so that sending the same
 * thing again cannot do it twice; a clear answer, or another body, takes a new key.
 */
export class IdempotencyKeys {
  #pending: { body: string; key: string } | null = null;

  constructor(private readonly newKey: () => string = () => crypto.randomUUID()) {}

  /** Runs `send` with the key that belongs to this body. */
  async run<Result>(body: unknown, send: (key: string) => Promise<Result>): Promise<Result> {
    const text = JSON.stringify(body);
    if (this.#pending?.body !== text) this.#pending = { body: text, key: this.newKey() };
    try {
      const result = await send(this.#pending.key);
      this.#pending = null;
      return result;
    } catch (error) {
      const { status } = toProblem(error);
      if (status >= 400 && status < 500) this.#pending = null;
      throw error;
    }
  }
}

/** The write keys of the component that calls it, for as long as it is mounted. */
export function useIdempotencyKeys(): IdempotencyKeys {
  return useState(() => new IdempotencyKeys())[0];
}
