import { useState } from 'react';
import { toProblem } from './problem';

/**
 * Idempotency keys for one form or dialog.
 *
 * While the outcome of a write is unknown, sending the same body again reuses the key, so that the service can't apply
 * it twice. A clear response or a different body gets a new key.
 */
export class IdempotencyKeys {
  #pending: { body: string; key: string } | null = null;

  constructor(private readonly newKey: () => string = () => crypto.randomUUID()) {}

  /** Call `send` with the key for this body. */
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

/** Keep idempotency keys for as long as the calling component is mounted. */
export function useIdempotencyKeys(): IdempotencyKeys {
  return useState(() => new IdempotencyKeys())[0];
}
