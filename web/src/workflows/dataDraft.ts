import type { WorkflowData } from '../api/types';
import { canonicalize } from '../proof/canonical';

export type ValueType = 'text' | 'number' | 'boolean';

/** One field of the form: a name, the type of its value, and the value as the user typed it. */
export interface DataField {
  name: string;
  type: ValueType;
  value: string;
}

/** The data of a workflow while it is edited: as form fields, or as JSON for values that fields can't hold. */
export type DataDraft = { mode: 'form'; fields: DataField[] } | { mode: 'json'; text: string };

/** What is wrong with a draft: an entry per form field, or a message about the data as a whole. */
export interface DraftErrors {
  fields: { name?: string; value?: string }[];
  text?: string;
}

export type ParsedDraft = { ok: true; data: WorkflowData } | { ok: false; errors: DraftErrors };

/** The limit of the service for the data of a workflow, in bytes of canonical JSON. */
export const MAX_DATA_BYTES = 128 * 1024;

export const emptyDraft = (): DataDraft => ({
  mode: 'form',
  fields: [{ name: '', type: 'text', value: '' }],
});

function toField([name, value]: [string, unknown]): DataField | null {
  if (typeof value === 'string') return { name, type: 'text', value };
  if (typeof value === 'number') return { name, type: 'number', value: String(value) };
  if (typeof value === 'boolean') return { name, type: 'boolean', value: String(value) };
  return null;
}

const toJsonText = (data: WorkflowData): string => JSON.stringify(data, null, 2);

/** Return the draft for editing this data: a form if no value is nested, JSON otherwise. */
export function draftFromData(data: WorkflowData): DataDraft {
  const candidates = Object.entries(data).map(toField);
  const fields = candidates.filter((field) => field !== null);
  if (fields.length < candidates.length) return { mode: 'json', text: toJsonText(data) };
  return fields.length > 0 ? { mode: 'form', fields } : emptyDraft();
}

/** Return the data that a draft describes, or what is wrong with it. Empty form fields are ignored. */
export function parseDraft(draft: DataDraft): ParsedDraft {
  const parsed = draft.mode === 'form' ? parseFields(draft.fields) : parseText(draft.text);
  return parsed.ok ? checkWhole(parsed.data) : parsed;
}

const invalid = (text: string): ParsedDraft => ({ ok: false, errors: { fields: [], text } });

function checkWhole(data: WorkflowData): ParsedDraft {
  let canonical: string;
  try {
    canonical = canonicalize(data);
  } catch {
    return invalid('The data contains text that is not valid Unicode.');
  }
  if (new TextEncoder().encode(canonical).length > MAX_DATA_BYTES) {
    return invalid('The data is larger than 128 KB.');
  }
  return { ok: true, data };
}

function parseFields(fields: DataField[]): ParsedDraft {
  const data: Record<string, unknown> = {};
  const errors = fields.map((field) => {
    const name = field.name.trim();
    if (!name) return field.value ? { name: 'Enter a name.' } : {};
    if (Object.hasOwn(data, name)) return { name: 'Another field has this name.' };
    const problem = field.type === 'number' ? numberProblem(field.value.trim()) : null;
    if (problem) return { value: problem };
    defineMember(data, name, parseValue(field));
    return {};
  });
  const ok = errors.every((error) => Object.keys(error).length === 0);
  return ok ? { ok, data } : { ok, errors: { fields: errors } };
}

// A plain assignment to __proto__ would change the prototype.
const defineMember = (data: object, name: string, value: unknown) =>
  Object.defineProperty(data, name, { value, enumerable: true, writable: true, configurable: true });

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const INTEGER = /^[+-]?\d+$/;

/** Return why a number can't be stored exactly as it was typed, or null. Numbers are IEEE 754 doubles (RFC 8785). */
function numberProblem(literal: string): string | null {
  if (!DECIMAL.test(literal)) return 'Enter a number, such as 1200 or 12.50.';
  const value = Number(literal);
  if (!Number.isFinite(value)) return 'This number is too large.';
  if (INTEGER.test(literal) && BigInt(value) !== BigInt(literal.replace('+', ''))) {
    return 'This number has too many digits to store exactly. Enter it as text.';
  }
  return null;
}

function parseValue({ type, value }: DataField): string | number | boolean {
  if (type === 'number') return Number(value);
  return type === 'boolean' ? value === 'true' : value;
}

// The numbers outside of strings, in a text that is valid JSON. JSON.parse rounds them without notice.
const STRING_OR_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;

function findNumberProblem(json: string): string | null {
  for (const [literal] of json.matchAll(STRING_OR_NUMBER)) {
    const problem = literal.startsWith('"') ? null : numberProblem(literal);
    if (problem) return `${literal}: ${problem}`;
  }
  return null;
}

function parseText(text: string): ParsedDraft {
  const json = text.trim() || '{}';
  let decoded: unknown;
  try {
    decoded = JSON.parse(json);
  } catch (error) {
    return invalid(`This is not valid JSON: ${(error as Error).message}`);
  }
  if (typeof decoded !== 'object' || decoded === null || Array.isArray(decoded)) {
    return invalid('The data must be a JSON object: { "name": value, … }');
  }
  const problem = findNumberProblem(json);
  return problem === null ? { ok: true, data: decoded as WorkflowData } : invalid(problem);
}

/** Return the same draft in another mode, or null if it has errors or its values don't fit into a form. */
export function convertDraft(draft: DataDraft, mode: DataDraft['mode']): DataDraft | null {
  if (draft.mode === mode) return draft;
  const parsed = parseDraft(draft);
  if (!parsed.ok) return null;
  if (mode === 'json') return { mode, text: toJsonText(parsed.data) };
  const converted = draftFromData(parsed.data);
  return converted.mode === 'form' ? converted : null;
}
