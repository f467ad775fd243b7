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
  text: '',
});
const json = (text: string) => ({ mode: 'json' as const, fields: [], text });
const numberField = (value: string) => form({ name: 'amount', type: 'number', value });

/** Return the messages of a draft by the path of their field. */
function issuesIn(draft: Parameters<typeof parseDraft>[0]) {
  const parsed = parseDraft(draft);
  if (parsed.ok) throw new Error('The draft has no errors.');
  return Object.fromEntries(parsed.issues.map(({ path, message }) => [path.join('.'), message]));
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
    ['9007199254740994', 9007199254740994],
    ['123456789012345', 123456789012345],
    ['0.00000123456789012345', 0.00000123456789012345],
    ['-0', -0],
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
    ['1e-400', 'too close to zero'],
    ['9007199254740993', 'at most 15 digits'],
    ['9007199254740993.0', 'it would be stored as 9007199254740992'],
    ['0.12345678901234567890', 'at most 15 digits'],
    ['1234567890123456.7', 'at most 15 digits'],
  ])('rejects the number %j and says why', (value, expected) => {
    expect(issuesIn(numberField(value))['fields.0.value']).toContain(expected);
  });

  it('has dates and nested values', () => {
    const draft = form(
      { name: 'due', type: 'date', value: '2026-02-28' },
      { name: 'lines', type: 'json', value: '[{"price": 1.5}, null]' },
    );
    expect(parseDraft(draft)).toEqual({
      ok: true,
      data: { due: '2026-02-28', lines: [{ price: 1.5 }, null] },
    });
    expect(parseDraft(draftFromData({ due: '2026-02-28', lines: [] }))).toEqual({
      ok: true,
      data: { due: '2026-02-28', lines: [] },
    });
  });

  it.each(['2026-02-30', '28.02.2026', '2026-2-28', ''])('rejects the date %j', (value) => {
    expect(issuesIn(form({ name: 'due', type: 'date', value }))['fields.0.value']).toContain('YYYY-MM-DD');
  });

  it('says in which line a nested value is wrong', () => {
    const draft = form({ name: 'lines', type: 'json', value: '{\n  "a": 1,\n  "a": 2\n}' });
    expect(issuesIn(draft)['fields.0.value']).toBe('Line 3: The name “a” is used twice in the same object.');
  });

  it('says which field has no name and which name is used twice', () => {
    expect(issuesIn(form({ value: '5' }, { name: 'a' }, { name: ' a ' }))).toEqual({
      'fields.0.name': 'Enter a name.',
      'fields.2.name': 'Another field has this name.',
    });
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
    ['{', 'Line 1: A closing brace } is missing.'],
    ['{"a":1,\n"b":2,}', 'Line 2: A name in double quotes is missing.'],
    ['{"a":1} 2', 'Line 1: There is something after the end'],
    ['{"a":01}', 'Line 1:'],
    ['{"a":1,\n"b":{"c":1,\n"c":2}}', 'Line 3: The name “c” is used twice'],
    [`{"a":${'['.repeat(64)}${']'.repeat(64)}}`, 'Nested deeper than 64 levels'],
    ['{"a":1} // one', "JSON doesn't have comments"],
    ['[1]', 'must be a JSON object'],
    ['null', 'must be a JSON object'],
    ['{"a":{"b":[1,9007199254740993]}}', '9007199254740993: Use at most 15 digits'],
    ['{"a":1e400}', '1e400: This number is too large'],
    ['{"a":"\\ud800"}', 'not valid Unicode'],
  ])('is rejected with the reason: %s', (text, expected) => {
    expect(issuesIn(json(text)).text).toContain(expected);
  });

  it('is rejected if it is nested so deeply that a parser runs out of stack', () => {
    const message = issuesIn(json(`{"a":${'['.repeat(50_000)}`)).text ?? '';
    expect(message.slice(0, 50)).toContain('Nested deeper than 64 levels');
  });

  it('is the mode for more fields than a form holds', () => {
    const data = Object.fromEntries(Array.from({ length: 401 }, (_, index) => [`f${index}`, index]));
    expect(draftFromData(data).mode).toBe('json');
    expect(draftFromData({ a: { b: 1 } }).mode).toBe('form');
  });

  it('may use a name again in another object, and be nested 64 levels', () => {
    const text = `{"a":{"a":1},"b":[{"a":1},{"a":2}],"c":${'['.repeat(63)}${']'.repeat(63)}}`;
    expect(parseDraft(json(text)).ok).toBe(true);
  });
});

describe('switching between form and JSON', () => {
  it('keeps the data', () => {
    const fields = form({ name: 'a', type: 'number', value: '1.5' });
    const text = convertDraft(fields, 'json');
    expect(text).toEqual(json('{\n  "a": 1.5\n}'));
    expect(text && convertDraft(text, 'form')).toEqual(fields);
  });

  it('is not possible if data would be lost', () => {
    expect(convertDraft(json('{"":1}'), 'form')).toBeNull();
    expect(convertDraft(json('{"a":1,"a":2}'), 'form')).toBeNull();
    expect(convertDraft(form({ value: 'no name' }), 'json')).toBeNull();
  });
});

it('data over 128 KB is rejected, counted in bytes', () => {
  const value = 'ü'.repeat(MAX_DATA_BYTES / 2);
  expect(issuesIn(form({ name: 'a', value })).mode).toContain('128 KB');
  expect(issuesIn(json(JSON.stringify({ a: value }))).text).toContain('128 KB');
});
