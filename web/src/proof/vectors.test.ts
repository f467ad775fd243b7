import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { canonicalize } from './canonical';
import { commitTo, firstPreviousHash, hashSealed, type Part } from './commitment';

interface Vectors {
  canonical: { name: string; input: string; canonical: string; sha256: string }[];
  commitments: { part: Part; saltBase64: string; value: string; commitment: string }[];
  hashes: { sealed: string; hash: string }[];
  firstPreviousHash: { workflowId: string; hash: string }[];
}

// The same vectors check the services and the offline verifier.
const vectors = JSON.parse(
  readFileSync(new URL('../../../docs/proof/vectors.json', import.meta.url), 'utf8'),
) as Vectors;

it('has vectors of every kind', () => {
  expect(vectors.canonical.length).toBeGreaterThanOrEqual(15);
  for (const kind of Object.values(vectors) as unknown[][]) expect(kind.length).toBeGreaterThan(0);
});

describe('the published vectors', () => {
  it.each(vectors.canonical)('have the canonical text of: $name', async ({ input, canonical, sha256 }) => {
    expect(canonicalize(JSON.parse(input))).toBe(canonical);
    expect(await hashSealed(canonical)).toBe(sha256);
  });

  it.each(vectors.commitments)(
    'have the commitment to: $part $value',
    async ({ part, saltBase64, value, commitment }) => {
      expect(await commitTo(part, saltBase64, value)).toBe(commitment);
    },
  );

  it.each(vectors.hashes)('have the hash of: $sealed', async ({ sealed, hash }) => {
    expect(await hashSealed(sealed)).toBe(hash);
  });

  it.each(vectors.firstPreviousHash)(
    'have the first previous hash of workflow $workflowId',
    async ({ workflowId, hash }) => {
      expect(await firstPreviousHash(workflowId)).toBe(hash);
    },
  );
});
