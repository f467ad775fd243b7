import { describe, expect, it } from 'vitest';
import type { VerifiableRecord } from '../api/types';
import { buildRecord, SALT } from '../testing/records';
import { checkRecord, checkShownRecords } from './checkRecord';
import { hashSealed } from './commitment';

/** Return the states of the checks by name. */
async function statesOf(record: VerifiableRecord, datasetId = 'd-1') {
  const { checks } = await checkRecord(datasetId, record);
  return Object.fromEntries(checks.map(({ name, state }) => [name, state]));
}

const VALID = { Hash: 'passed', 'Event ID': 'passed', Person: 'passed', Content: 'passed' };

async function changedRecord(change: Partial<VerifiableRecord['canonical']>) {
  const record = await buildRecord();
  return { ...record, canonical: { ...record.canonical, ...change } };
}

describe('checking a record in the browser', () => {
  it('finds an unchanged record valid', async () => {
    const { checks, ...checked } = await checkRecord('d-1', await buildRecord());
    expect(Object.fromEntries(checks.map(({ name, state }) => [name, state]))).toEqual(VALID);
    expect(checked).toMatchObject({
      missingParts: [],
      content: { title: 'Laptops' },
      person: { name: 'Ada' },
    });
  });

  it('finds a changed sealed part invalid', async () => {
    const { canonical } = await buildRecord();
    const record = await changedRecord({ sealed: canonical.sealed.replace('REQUEST', 'APPROVE') });
    expect(await statesOf(record)).toMatchObject({ Hash: 'failed' });
  });

  it('finds a sealed part invalid whose text is not canonical, even with the right hash', async () => {
    const { canonical } = await buildRecord();
    const sealed = canonical.sealed.replace(':', ': ');
    const forged = { ...(await changedRecord({ sealed })), hash: await hashSealed(sealed) };
    expect(await statesOf(forged)).toMatchObject({ Hash: 'failed' });
  });

  it('finds a record invalid that is not the requested one', async () => {
    expect(await statesOf(await buildRecord(), 'd-2')).toMatchObject({ 'Event ID': 'failed' });
    const forged = { ...(await buildRecord({ datasetId: 'd-2' })), datasetId: 'd-1' };
    expect(await statesOf(forged)).toMatchObject({ 'Event ID': 'failed' });
  });

  it.each([
    ['another value', { salt: SALT, value: '{"name":"Bo"}' }],
    ['another salt', { salt: btoa('t'.repeat(32)), value: '{"name":"Ada"}' }],
    ['a short salt', { salt: btoa('x'), value: '{"name":"Ada"}' }],
    ['a salt that is not base64', { salt: '?', value: '{"name":"Ada"}' }],
  ])('finds parts with %s invalid', async (_, opening) => {
    const record = await changedRecord({ person: opening, content: opening });
    expect(await statesOf(record)).toMatchObject({ Hash: 'passed', Person: 'failed', Content: 'failed' });
  });

  it('names parts that are withheld, and parts that are missing', async () => {
    const record = {
      ...(await changedRecord({ person: null, content: null })),
      redacted: ['person' as const],
    };
    const { checks, missingParts } = await checkRecord('d-1', record);
    expect(checks.map(({ name, state }) => [name, state])).toContainEqual(['Person', 'withheld']);
    expect(missingParts).toEqual(['content']);
  });

  it('finds a text that is not JSON invalid', async () => {
    const record = await changedRecord({ sealed: 'null' });
    expect(await statesOf(record)).toEqual({ ...VALID, ...allFailed() });
  });
});

const allFailed = () => ({ Hash: 'failed', 'Event ID': 'failed', Person: 'failed', Content: 'failed' });

describe('comparing a record with the page', () => {
  const compare = async (
    change: Partial<VerifiableRecord>,
    parts: Partial<VerifiableRecord['canonical']> = {},
  ) => {
    const record = await changedRecord(parts);
    const checked = await checkRecord('d-1', { ...record, ...change });
    return checkShownRecords(checked, [{ ...record, ...change }]);
  };

  it('passes if the page shows what the texts say', async () => {
    expect(await compare({})).toMatchObject({ state: 'passed' });
  });

  it('fails and names the parts if the page shows something else', async () => {
    const { sealed, content } = await buildRecord();
    const change = {
      sealed: { ...sealed, outcome: 'APPROVED' },
      content: content && { ...content, title: 'Laptop' },
    };
    expect(await compare(change)).toMatchObject({
      state: 'failed',
      detail: 'The page shows something else than the checked texts: record, content.',
    });
  });

  it('does not compare the name of a person whose contact details are withheld', async () => {
    const change = { person: { name: 'Ada' }, redacted: ['person' as const] };
    expect(await compare(change, { person: null })).toMatchObject({ state: 'passed' });
  });

  it('fails if the page shows a part whose text is missing', async () => {
    expect(await compare({}, { content: null })).toMatchObject({ state: 'failed' });
    expect(await compare({ content: null }, { content: null })).toMatchObject({ state: 'passed' });
  });
});
