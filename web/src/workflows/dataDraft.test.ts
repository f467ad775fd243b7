import { describe, expect, it } from 'vitest';
import {
  convertDraft,
  draftFromData,
  emptyDraft,
  MAX_DATA_BYTES,
  parseDraft,
  type DataField,
} from './dataDraft';

const form = (...fields: Partial<DataField>[]) => ({
  mode: 'form' as const,
  fields: fields.map((field) => ({ name: '', type: 'text' as const, value: '', ...field })),
});
const json = (text: string) => ({ mode: 'json' as const, text });
const numberField = (value: string) => form({ name: 'amount', type: 'number', value });

function errorsIn(draft: Parameters<typeof parseDraft>[0]) {
  const parsed = parseDraft(draft);
  if (parsed.ok) throw new Error('The draft has no errors.');
  return parsed.errors;
}

describe('data in a form', () => {
  it('has text, numbers, and yes-or-no values', () => {
    const draft = form(
      { name: 'amount', type: 'number', value: '1200' },
      { name: 'urgent', type: 'boolean', value: 'true' },
      { name: 'code', value: '007' },
    );
    expect(parseDraft(draft)).toEqual({ ok: true, data: { amount: 1200, urgent: true, code: '007' } });
  });

  it('returns to the same fields', () => {
    const data = { amount: -3.25, urgent: false, note: '' };
    expect(parseDraft(draftFromData(data))).toEqual({ ok: true, data });
  });

  it('ignores empty fields', () => {
    expect(parseDraft(emptyDraft())).toEqual({ ok: true, data: {} });
  });

  it.each([
    ['12.50', 12.5],
    ['-0.1', -0.1],
    [' 1200 ', 1200],
    ['+5', 5],
    ['1e-7', 1e-7],
    ['1e21', 1e21],
    ['9007199254740993.0', 9007199254740992],
    ['9007199254740994', 9007199254740994],
    ['1.7976931348623157e308', Number.MAX_VALUE],
  ])('accepts the number %j', (value, expected) => {
    expect(parseDraft(numberField(value))).toEqual({ ok: true, data: { amount: expected } });
  });

  it.each([
    ['ten', 'Enter a number'],
    ['1,200', 'Enter a number'],
    ['0x10', 'Enter a number'],
    ['Infinity', 'Enter a number'],
    [' ', 'Enter a number'],
    ['1e400', 'too large'],
    ['9007199254740993', 'too many digits'],
  ])('rejects the number %j and says why', (value, expected) => {
    expect(errorsIn(numberField(value)).fields[0]?.value).toContain(expected);
  });

  it('says which field has no name and which name is used twice', () => {
    const { fields } = errorsIn(form({ value: '5' }, { name: 'a' }, { name: ' a ' }));
    expect(fields.map((error) => error.name)).toEqual([
      'Enter a name.',
      undefined,
      'Another field has this name.',
    ]);
  });

  it('accepts any name, even __proto__', () => {
    const parsed = parseDraft(form({ name: '__proto__', value: 'x' }));
    expect(parsed.ok && JSON.stringify(parsed.data)).toBe('{"__proto__":"x"}');
  });
});

describe('data as JSON', () => {
  it('can be nested and contain any number that is a double', () => {
    expect(parseDraft(json('{"items":[{"price":12.50,"tiny":1e-7}]}'))).toEqual({
      ok: true,
      data: { items: [{ price: 12.5, tiny: 1e-7 }] },
    });
  });

  it('can contain digits in text that are not a number', () => {
    const text = '{"iban \\" 9007199254740993":"1e400"}';
    expect(parseDraft(json(text))).toEqual({ ok: true, data: JSON.parse(text) as object });
  });

  it.each([
    ['{', 'not valid JSON'],
    ['[1]', 'must be a JSON object'],
    ['null', 'must be a JSON object'],
    ['{"a":{"b":[1,9007199254740993]}}', '9007199254740993: This number has too many digits'],
    ['{"a":1e400}', '1e400: This number is too large'],
    ['{"a":"\\ud800"}', 'not valid Unicode'],
  ])('is rejected with the reason: %s', (text, expected) => {
    expect(errorsIn(json(text)).text).toContain(expected);
  });

  it('is the mode for nested data', () => {
    expect(draftFromData({ a: { b: 1 } }).mode).toBe('json');
    expect(draftFromData({ a: null }).mode).toBe('json');
  });
});

describe('switching between form and JSON', () => {
  it('keeps data without nested values', () => {
    const fields = form({ name: 'a', type: 'number', value: '1.5' });
    const text = convertDraft(fields, 'json');
    expect(text).toEqual(json('{\n  "a": 1.5\n}'));
    expect(text && convertDraft(text, 'form')).toEqual(fields);
  });

  it('is not possible if data would be lost', () => {
    expect(convertDraft(json('{"a":[1]}'), 'form')).toBeNull();
    expect(convertDraft(form({ value: 'no name' }), 'json')).toBeNull();
  });
});

it('data over 128 KB is rejected, counted in bytes', () => {
  const value = 'ü'.repeat(MAX_DATA_BYTES / 2);
  expect(errorsIn(form({ name: 'a', value })).text).toContain('128 KB');
});
