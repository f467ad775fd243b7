import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Evidence } from '../api/types';
import { memoryStorage } from '../testing/memoryStorage';
import { canonicalize } from './canonical';
import { checkErasure } from './checkErasure';
import { checkInclusion } from './checkInclusion';
import { checkRecord } from './checkRecord';
import { verdictOf } from './checks';
import { pinKey } from './pinnedKey';
import { createTrustedLog } from './trustedLog';
import { fromBase64, fromHex, toHex, utf8 } from './bytes';
import { commitTo, firstPreviousHash, hashSealed, type Part } from './commitment';
import { eventEntry } from './logEntry';
import { isConsistent, leafHash, rootOfInclusion } from './merkle';
import {
  checkCosignature,
  ecdsaKey,
  fingerprintOf,
  formatVerifierKey,
  isSignedBy,
  parseCheckpoint,
  parseVerifierKey,
} from './signedNote';

interface Vectors {
  canonical: { name: string; input: string; canonical: string; sha256: string }[];
  commitments: { part: Part; saltBase64: string; value: string; commitment: string }[];
  hashes: { sealed: string; hash: string }[];
  firstPreviousHash: { workflowId: string; hash: string }[];
  log: {
    leaves: { dataHex: string; leafHash: string }[];
    inclusion: {
      leafIndex: number;
      treeSize: number;
      leafHash: string;
      proof: string[];
      rootHash: string;
    }[];
    consistency: { from: number; to: number; fromRootHash: string; toRootHash: string; proof: string[] }[];
    entries: { kind: string; id: string; hash: string; entry: string; leafHash: string }[];
    publicKey: { origin: string; keyId: string; vkey: string; derBase64: string; fingerprint: string };
    checkpoint: { note: string; origin: string; size: number; rootHash: string };
    cosignature: { vkey: string; time: number; note: string };
    invalidNotes: { name: string; note: string }[];
  };
  evidence: { bundle: Evidence; erasedBy: { sequence: number; part: Part; eventId: string } };
}

// The same vectors check the services and the offline verifier.
const vectors = JSON.parse(
  readFileSync(new URL('../../../docs/proof/vectors.json', import.meta.url), 'utf8'),
) as Vectors;

it('has vectors of every kind', () => {
  expect(vectors.canonical.length).toBeGreaterThanOrEqual(15);
  const { log, evidence: _, ...others } = vectors;
  for (const kind of Object.values(others) as unknown[][]) expect(kind.length).toBeGreaterThan(0);
  expect(log.inclusion.length).toBeGreaterThan(30);
  expect(log.consistency.length).toBeGreaterThan(30);
  expect(log.invalidNotes.length).toBeGreaterThan(5);
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

/** Change one character of a hexadecimal text. */
const changed = (hash: string): string => (hash.startsWith('0') ? '1' : '0') + hash.slice(1);

describe('the published vectors of the log', () => {
  const { log } = vectors;

  it.each(log.leaves)('have the leaf hash of: $dataHex', async (leaf) => {
    expect(toHex(await leafHash(fromHex(leaf.dataHex)))).toBe(leaf.leafHash);
  });

  it.each(log.entries.filter(({ kind }) => kind === 'event'))(
    'have the entry of event $id',
    async ({ id, hash, entry, leafHash: expected }) => {
      expect(eventEntry(id, hash)).toBe(entry);
      expect(toHex(await leafHash(utf8(entry)))).toBe(expected);
    },
  );

  it.each(log.inclusion)('have the inclusion of leaf $leafIndex in $treeSize', async (vector) => {
    const root = async (leaf: string, index: number, proof: string[]) =>
      toHex(await rootOfInclusion(fromHex(leaf), index, vector.treeSize, proof.map(fromHex)));
    const { leafHash: leaf, leafIndex: index, proof, rootHash } = vector;
    expect(await root(leaf, index, proof)).toBe(rootHash);
    expect(await root(changed(leaf), index, proof)).not.toBe(rootHash);
    for (const position of proof.keys()) {
      const forged = proof.map((hash, other) => (other === position ? changed(hash) : hash));
      expect(await root(leaf, index, forged)).not.toBe(rootHash);
    }
    await expect(root(leaf, index, [...proof, leaf])).rejects.toThrow('too long');
    if (proof.length > 0) await expect(root(leaf, index, proof.slice(1))).rejects.toThrow('too short');
    await expect(root(leaf, vector.treeSize, proof)).rejects.toThrow('has no leaf');
  });

  it.each(log.consistency)('have the consistency of $from and $to', async (vector) => {
    const older = { size: vector.from, root: fromHex(vector.fromRootHash) };
    const newer = { size: vector.to, root: fromHex(vector.toRootHash) };
    const proof = vector.proof.map(fromHex);
    expect(await isConsistent(older, newer, proof)).toBe(true);
    const forgedRoot = { ...older, root: fromHex(changed(vector.fromRootHash)) };
    expect(await isConsistent(forgedRoot, newer, proof)).toBe(false);
    expect(await isConsistent(older, { ...newer, root: forgedRoot.root }, proof)).toBe(false);
    expect(await isConsistent(older, newer, [...proof, newer.root])).toBe(false);
    for (const position of proof.keys()) {
      const forged = vector.proof.map((hash, other) => fromHex(other === position ? changed(hash) : hash));
      expect(await isConsistent(older, newer, forged)).toBe(false);
    }
    if (proof.length > 0) expect(await isConsistent(older, newer, proof.slice(1))).toBe(false);
    if (vector.from !== vector.to) expect(await isConsistent(newer, older, proof)).toBe(false);
  });

  it('have the public key', async () => {
    const key = await parseVerifierKey(log.publicKey.vkey);
    expect(key).toMatchObject({ name: log.publicKey.origin, keyId: log.publicKey.keyId });
    expect(await fingerprintOf(key)).toBe(log.publicKey.fingerprint);
    expect(formatVerifierKey(key)).toBe(log.publicKey.vkey);
    expect(await ecdsaKey(log.publicKey.origin, fromBase64(log.publicKey.derBase64))).toEqual(key);
  });

  it('have a checkpoint that the key signed', async () => {
    const checkpoint = parseCheckpoint(log.checkpoint.note);
    expect(checkpoint).toMatchObject({ origin: log.checkpoint.origin, size: log.checkpoint.size });
    expect(toHex(checkpoint.root)).toBe(log.checkpoint.rootHash);
    expect(await isSignedBy(checkpoint, await parseVerifierKey(log.publicKey.vkey))).toBe(true);
  });

  it('have the cosignature of a witness', async () => {
    const checkpoint = parseCheckpoint(log.cosignature.note);
    const witness = await parseVerifierKey(log.cosignature.vkey);
    const time = new Date(log.cosignature.time * 1000);
    expect(await checkCosignature(checkpoint, witness)).toEqual({ state: 'valid', time });
    expect(await checkCosignature(parseCheckpoint(log.checkpoint.note), witness)).toEqual({
      state: 'missing',
    });
    const forged = { ...checkpoint, text: checkpoint.text.replace('\n7\n', '\n8\n') };
    expect(await checkCosignature(forged, witness)).toEqual({ state: 'invalid' });
  });

  it.each(log.invalidNotes)('have an invalid note: $name', async ({ note }) => {
    const key = await parseVerifierKey(log.publicKey.vkey);
    const isValid = async () => isSignedBy(parseCheckpoint(note), key);
    expect(await isValid().catch(() => false)).toBe(false);
  });
});

describe('the published evidence bundle', () => {
  const { bundle, erasedBy } = vectors.evidence;
  const now = new Date(bundle.createdAt);

  async function trustedLog() {
    const storage = memoryStorage();
    const pinned = await pinKey(null, { logKey: vectors.log.publicKey.vkey, apiUrl: 'a', storage });
    if (!pinned) throw new Error('No key');
    return createTrustedLog({
      pinned,
      storage,
      fetchConsistency: () => Promise.resolve(null),
      now: () => now,
    });
  }

  it('has records that are valid and in the log', async () => {
    for (const record of bundle.records) {
      const { sealed, person, content } = record;
      const { checks, hash } = await checkRecord(record.datasetId, {
        datasetId: record.datasetId,
        hash: record.hash,
        canonical: { sealed, person, content },
        redacted: [],
      });
      const proof = bundle.proofs.find(({ entryId }) => entryId === record.datasetId);
      const inclusion = await checkInclusion(
        { eventId: record.datasetId, hash, occurredAt: bundle.createdAt },
        { index: proof?.index ?? -1, hashes: proof?.hashes ?? [], note: bundle.checkpoint ?? '' },
        await trustedLog(),
        now,
      );
      expect(verdictOf([...checks, ...inclusion])).toBe('verified');
    }
  });

  it('has an erasure that explains a missing part', async () => {
    const { part, sequence, eventId } = erasedBy;
    const datasetId = bundle.records[sequence - 1]?.datasetId ?? '';
    const check = await checkErasure({ datasetId, part }, [bundle], await trustedLog(), now);
    expect(check.state).toBe('erased');
    expect(check.detail).toContain(eventId);
    const withoutEvent = { ...bundle, erasures: [] };
    expect(await checkErasure({ datasetId, part }, [withoutEvent], await trustedLog(), now)).toMatchObject({
      state: 'failed',
    });
  });
});
