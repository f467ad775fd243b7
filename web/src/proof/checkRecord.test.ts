import { describe, expect, it } from 'vitest';
import type { VerifiableRecord } from '../api/types';
import { canonicalize } from './canonical';
import { checkRecord } from './checkRecord';
import { commitTo, hashSealed } from './commitment';

const salt = btoa('s'.repeat(32));
const person = { salt, value: '{"name":"Ada"}' };
const content = { salt, value: '{"title":"Laptops"}' };

async function record(change: Partial<VerifiableRecord['canonical']> = {}) {
  const sealed = canonicalize({
    actionType: 'APPROVE',
    personCommitment: await commitTo('person', person.salt, person.value),
    contentCommitment: await commitTo('content', content.salt, content.value),
  });
  return { hash: await hashSealed(sealed), canonical: { sealed, person, content, ...change } };
}

describe('checking a record in the browser', () => {
  it('finds an unchanged record valid', async () => {
    expect(await checkRecord(await record())).toEqual({ sealed: 'valid', person: 'valid', content: 'valid' });
  });

  it('finds a changed sealed part invalid', async () => {
    const { canonical } = await record();
    const sealed = canonical.sealed.replace('APPROVE', 'REJECT');
    expect(await checkRecord(await record({ sealed }))).toMatchObject({ sealed: 'invalid' });
  });

  it('finds a sealed part invalid whose text is not canonical, even with the right hash', async () => {
    const { canonical } = await record();
    const sealed = canonical.sealed.replace(':', ': ');
    const forged = { ...(await record({ sealed })), hash: await hashSealed(sealed) };
    expect(await checkRecord(forged)).toMatchObject({ sealed: 'invalid' });
  });

  it('finds a changed person or content invalid', async () => {
    const changed = {
      person: { salt, value: '{"name":"Bo"}' },
      content: { salt: btoa('x'), value: content.value },
    };
    expect(await checkRecord(await record(changed))).toEqual({
      sealed: 'valid',
      person: 'invalid',
      content: 'invalid',
    });
  });

  it('reports parts that were erased or withheld as unavailable', async () => {
    expect(await checkRecord(await record({ person: null, content: null }))).toEqual({
      sealed: 'valid',
      person: 'unavailable',
      content: 'unavailable',
    });
  });

  it('finds a text that is not JSON invalid', async () => {
    expect(await checkRecord(await record({ sealed: 'null' }))).toMatchObject({
      sealed: 'invalid',
      person: 'invalid',
    });
  });
});
