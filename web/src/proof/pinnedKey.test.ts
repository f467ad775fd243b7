import { describe, expect, it } from 'vitest';
import { createFakeLog } from '../testing/fakeLog';
import { memoryStorage } from '../testing/memoryStorage';
import { pinKey } from './pinnedKey';
import { formatVerifierKey } from './signedNote';

async function twoLogs() {
  const [ours, other] = [await createFakeLog(), await createFakeLog()];
  return {
    ours,
    other,
    settings: { logKey: '', apiUrl: 'https://api.example.com', storage: memoryStorage() },
  };
}

describe('the pinned key', () => {
  it('is the one that the console was deployed with', async () => {
    const { ours, settings } = await twoLogs();
    const deployed = { ...settings, logKey: formatVerifierKey(ours.key) };
    const pinned = await pinKey(ours.publicKey, deployed);
    expect(pinned).toMatchObject({ key: ours.key, source: 'deployment', changedTo: null });
    expect(pinned?.fingerprint).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
    expect(await pinKey(null, deployed)).toMatchObject({ key: ours.key, changedTo: null });
  });

  it('stays the deployed one if the service uses another key, and shows the change', async () => {
    const { ours, other, settings } = await twoLogs();
    const pinned = await pinKey(other.publicKey, { ...settings, logKey: formatVerifierKey(ours.key) });
    const otherPin = await pinKey(other.publicKey, { ...settings, storage: memoryStorage() });
    expect(pinned).toMatchObject({ key: ours.key, changedTo: otherPin?.fingerprint });
  });

  it('without a deployed one is the first one that this browser saw', async () => {
    const { ours, other, settings } = await twoLogs();
    expect(await pinKey(null, settings)).toBeNull();
    expect(await pinKey(ours.publicKey, settings)).toMatchObject({ source: 'first-use', changedTo: null });
    const changed = await pinKey(other.publicKey, settings);
    expect(changed).toMatchObject({ key: ours.key, source: 'first-use' });
    expect(changed?.changedTo).toMatch(/^SHA256:/);
    expect(await pinKey(null, settings)).toMatchObject({ key: ours.key });
  });

  it('shows a change to something that is not a key', async () => {
    const { ours, settings } = await twoLogs();
    const served = { ...ours.publicKey, vkey: ours.publicKey.vkey.slice(0, -4) };
    const pinned = await pinKey(served, { ...settings, logKey: formatVerifierKey(ours.key) });
    expect(pinned?.changedTo).toContain('not a valid key');
    await expect(pinKey(served, settings)).rejects.toThrow();
  });
});
