import type { WorkflowData } from '../api/types';

export type Kind = 'text' | 'number' | 'boolean';

/** One line of the form: a name, what kind of value it is, and the value as it was typed. */
export interface Row {
  name: string;
  kind: Kind;
  value: string;
}

/** A workflow's data while it is edited: as lines of a form, or as JSON for what lines cannot hold. */
export type DataDraft = { mode: 'form'; rows: Row[] } | { mode: 'json'; text: string };

/** What is wrong with a draft: by line and field for a form, one message for JSON. */
export interface DraftErrors {
  rows: { name?: string; value?: string }[];
  text?: string;
}

export type Checked = { ok: true; data: WorkflowData } | { ok: false; faults: DraftErrors };

/** The service's limit for a workflow's data, in bytes of UTF-8 JSON. */
export const MAX_DATA_BYTES = 128 * 1024;
// Hashes are made over canonical JSON: numbers that two machines could write differently are refused.
const NUMBER_RULE = 'Use a whole number below 2^53. Write other amounts as text, such as 12.50.';

export const emptyDraft = (): DataDraft => ({ mode: 'form', rows: [{ name: '', kind: 'text', value: '' }] });

function rowOf([name, value]: [string, unknown]): Row | null {
  if (typeof value === 'string') return { name, kind: 'text', value };
  if (typeof value === 'number') return { name, kind: 'number', value: String(value) };
  if (typeof value === 'boolean') return { name, kind: 'boolean', value: String(value) };
  return null;
}

const asText = (data: WorkflowData): string => JSON.stringify(data, null, 2);

/** The draft to edit this data with: a form where its values are plain, JSON where they are nested. */
export function draftFromData(data: WorkflowData): DataDraft {
  const rows = Object.entries(data).map(rowOf);
  const plain = rows.filter((row) => row !== null);
  if (plain.length < rows.length) return { mode: 'json', text: asText(data) };
  return plain.length > 0 ? { mode: 'form', rows: plain } : emptyDraft();
}

/** The data that a draft stands for, or what is wrong with it. Lines left wholly empty do not count. */
export function parseDraft(draft: DataDraft): Checked {
  const checked = draft.mode === 'form' ? fromRows(draft.rows) : fromText(draft.text);
  if (checked.ok && new TextEncoder().encode(JSON.stringify(checked.data)).length > MAX_DATA_BYTES) {
    return { ok: false, faults: { rows: [], text: 'The data is larger than 128 KB.' } };
  }
  return checked;
}

function fromRows(rows: Row[]): Checked {
  const data: Record<string, unknown> = {};
  const faults = rows.map((row) => {
    const name = row.name.trim();
    if (!name) return row.value ? { name: 'Enter a name.' } : {};
    if (Object.hasOwn(data, name)) return { name: 'This name is used already.' };
    if (row.kind === 'number' && !isWhole(row.value)) return { value: NUMBER_RULE };
    define(data, name, valueOf(row));
    return {};
  });
  const ok = faults.every((fault) => Object.keys(fault).length === 0);
  return ok ? { ok, data: data } : { ok, faults: { rows: faults } };
}

// Plain assignment would turn a line named __proto__ into something else.
const define = (data: object, name: string, value: unknown) =>
  Object.defineProperty(data, name, { value, enumerable: true, writable: true, configurable: true });

const isWhole = (value: string) => value.trim() !== '' && Number.isSafeInteger(Number(value));

function valueOf({ kind, value }: Row): string | number | boolean {
  if (kind === 'number') return Number(value);
  return kind === 'boolean' ? value === 'true' : value;
}

function fromText(text: string): Checked {
  const wrong = (message: string): Checked => ({ ok: false, faults: { rows: [], text: message } });
  let decoded: unknown;
  try {
    decoded = JSON.parse(text.trim() || '{}');
  } catch (error) {
    return wrong(`This is not JSON: ${(error as Error).message}`);
  }
  if (typeof decoded !== 'object' || decoded === null || Array.isArray(decoded)) {
    return wrong('The data must be an object: { "name": value, … }');
  }
  const odd = oddNumber(decoded);
  return odd === null ? { ok: true, data: decoded as WorkflowData } : wrong(`${odd}: ${NUMBER_RULE}`);
}

/** The pointer of the first number that is not a whole one below 2^53, or null. */
function oddNumber(value: unknown, pointer = ''): string | null {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? null : pointer;
  if (typeof value !== 'object' || value === null) return null;
  for (const [name, inner] of Object.entries(value)) {
    const odd = oddNumber(inner, `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`);
    if (odd !== null) return odd;
  }
  return null;
}

/** The same draft in the other mode, or null where it cannot be: it is faulty, or its values are nested. */
export function convertDraft(draft: DataDraft, mode: DataDraft['mode']): DataDraft | null {
  if (draft.mode === mode) return draft;
  const checked = parseDraft(draft);
  if (!checked.ok) return null;
  if (mode === 'json') return { mode, text: asText(checked.data) };
  const other = draftFromData(checked.data);
  return other.mode === 'form' ? other : null;
}
