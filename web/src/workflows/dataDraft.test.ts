import { describe, expect, it } from 'vitest';
import { parseDraft, draftFromData, emptyDraft, convertDraft, MAX_DATA_BYTES, type Row } from './dataDraft';

const form = (...rows: Partial<Row>[]) => ({
  mode: 'form' as const,
  rows: rows.map((row) => ({ name: '', kind: 'text' as const, value: '', ...row })),
});
const json = (text: string) => ({ mode: 'json' as const, text });

function faultsOf(draft: Parameters<typeof parseDraft>[0]) {
  const checked = parseDraft(draft);
  if (checked.ok) throw new Error('no fault was found');
  return checked.faults;
}

describe('data as lines', () => {
  it('keeps text, whole numbers and yes or no apart', () => {
    const draft = form(
      { name: 'amount', kind: 'number', value: '1200' },
      { name: 'urgent', kind: 'boolean', value: 'true' },
      { name: 'code', value: '007' },
    );
    expect(parseDraft(draft)).toEqual({ ok: true, data: { amount: 1200, urgent: true, code: '007' } });
  });

  it('comes back as the same lines', () => {
    const data = { amount: -3, urgent: false, note: '' };
    expect(parseDraft(draftFromData(data))).toEqual({ ok: true, data });
  });

  it('does not count lines that were left empty', () => {
    expect(parseDraft(emptyDraft())).toEqual({ ok: true, data: {} });
  });

  it.each(['12.5', '1e400', '9007199254740992', 'ten', ' '])('refuses the number %j', (value) => {
    expect(faultsOf(form({ name: 'amount', kind: 'number', value })).rows[0]?.value).toContain(
      'whole number',
    );
  });

  it('says which line lacks a name, and which name is there twice', () => {
    const { rows } = faultsOf(form({ value: '5' }, { name: 'a' }, { name: ' a ' }));
    expect(rows.map((fault) => fault.name)).toEqual([
      'Enter a name.',
      undefined,
      'This name is used already.',
    ]);
  });

  it('takes any name, even one that JavaScript has plans for', () => {
    const checked = parseDraft(form({ name: '__proto__', value: 'x' }));
    expect(checked.ok && JSON.stringify(checked.data)).toBe('{"__proto__":"x"}');
  });
});

describe('data as JSON', () => {
  it('may be nested', () => {
    expect(parseDraft(json('{"items":[{"n":1}]}'))).toEqual({ ok: true, data: { items: [{ n: 1 }] } });
  });

  it.each([
    ['{', 'not JSON'],
    ['[1]', 'must be an object'],
    ['null', 'must be an object'],
    ['{"a":{"b/c":[1,2.5]}}', '/a/b~1c/1'],
  ])('says what is wrong with %s', (text, words) => {
    expect(faultsOf(json(text)).text).toContain(words);
  });

  it('is chosen for nested data', () => {
    expect(draftFromData({ a: { b: 1 } }).mode).toBe('json');
    expect(draftFromData({ a: null }).mode).toBe('json');
  });
});

describe('changing between lines and JSON', () => {
  it('carries plain data over and back', () => {
    const lines = form({ name: 'a', kind: 'number', value: '1' });
    const text = convertDraft(lines, 'json');
    expect(text).toEqual(json('{\n  "a": 1\n}'));
    expect(text && convertDraft(text, 'form')).toEqual(lines);
  });

  it('is refused where something would be lost', () => {
    expect(convertDraft(json('{"a":[1]}'), 'form')).toBeNull();
    expect(convertDraft(form({ value: 'nameless' }), 'json')).toBeNull();
  });
});

it('refuses data over 128 KB, counted in bytes', () => {
  const text = 'ü'.repeat(MAX_DATA_BYTES / 2);
  expect(faultsOf(form({ name: 'a', value: text })).text).toContain('128 KB');
});
