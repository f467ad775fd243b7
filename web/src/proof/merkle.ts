// The Merkle tree of RFC 6962. Sizes and indices are numbers up to 2^53, so they are halved by division: JavaScript's
// bit operators have 32 bits.

import { equalBytes, sha256 } from './bytes';

export type Hash = Uint8Array<ArrayBuffer>;

const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** A proof doesn't have the length that the sizes require. */
export class InvalidProofError extends Error {
  override name = 'InvalidProofError';
}

/** Return the hash of the leaf for an entry. */
export const leafHash = (entry: Uint8Array): Promise<Hash> => sha256(LEAF, entry);

const nodeHash = (left: Hash, right: Hash): Promise<Hash> => sha256(NODE, left, right);

const half = (value: number): number => Math.floor(value / 2);
const isOdd = (value: number): boolean => value % 2 === 1;
const isSize = (value: number): boolean => Number.isSafeInteger(value) && value >= 0;

/** A node of the tree: its index within its level, and the index of the last node there. */
interface Position {
  index: number;
  last: number;
}

const parentOf = ({ index, last }: Position): Position => ({ index: half(index), last: half(last) });

/**
 * Walk up to the root, one sibling per step (RFC 9162, sections 2.1.3.2 and 2.1.4.2).
 *
 * Throws InvalidProofError if there are too many or too few siblings.
 */
async function walkUp(
  start: Position,
  siblings: Hash[],
  combine: (sibling: Hash, isLeft: boolean) => Promise<void>,
): Promise<void> {
  let position = start;
  for (const sibling of siblings) {
    if (position.last === 0) throw new InvalidProofError('The proof is too long.');
    const isLeft = isOdd(position.index) || position.index === position.last;
    await combine(sibling, isLeft);
    // The last node of a level can be without a sibling there.
    while (isLeft && !isOdd(position.index) && position.index !== 0) position = parentOf(position);
    position = parentOf(position);
  }
  if (position.last !== 0) throw new InvalidProofError('The proof is too short.');
}

/**
 * Return the root that an inclusion proof leads to.
 *
 * Throws InvalidProofError if the proof doesn't have the length that index and size require.
 */
export async function rootOfInclusion(leaf: Hash, index: number, size: number, proof: Hash[]): Promise<Hash> {
  if (!isSize(index) || !isSize(size) || index >= size) {
    throw new InvalidProofError(`A tree of size ${size} has no leaf ${index}.`);
  }
  let root = leaf;
  await walkUp({ index, last: size - 1 }, proof, async (sibling, isLeft) => {
    root = isLeft ? await nodeHash(sibling, root) : await nodeHash(root, sibling);
  });
  return root;
}

/** A tree at one size. */
export interface Tree {
  size: number;
  root: Hash;
}

/** Return whether the proof shows that the newer tree only added leaves to the older one. */
export async function isConsistent(older: Tree, newer: Tree, proof: Hash[]): Promise<boolean> {
  if (!isSize(older.size) || !isSize(newer.size) || older.size === 0 || older.size > newer.size) return false;
  if (older.size === newer.size) return proof.length === 0 && equalBytes(older.root, newer.root);
  let position = { index: older.size - 1, last: newer.size - 1 };
  while (isOdd(position.index)) position = parentOf(position);
  // If the older tree is a complete subtree of the newer one, the walk starts at its root, which is known.
  const [start, ...siblings] = position.index === 0 ? [older.root, ...proof] : proof;
  if (!start) return false;
  let olderRoot = start;
  let newerRoot = start;
  try {
    await walkUp(position, siblings, async (sibling, isLeft) => {
      if (isLeft) olderRoot = await nodeHash(sibling, olderRoot);
      newerRoot = isLeft ? await nodeHash(sibling, newerRoot) : await nodeHash(newerRoot, sibling);
    });
  } catch (error) {
    if (error instanceof InvalidProofError) return false;
    throw error;
  }
  return equalBytes(olderRoot, older.root) && equalBytes(newerRoot, newer.root);
}
