import i18next from 'i18next';
import { z } from 'zod';
import type { WorkflowData } from '../api/types';
import { canonicalize } from '../proof/canonical';
import { describeJsonProblems, findJsonProblems } from './jsonText';
import { numberProblem } from './numbers';

export const VALUE_TYPES = ['text', 'number', 'boolean', 'date', 'json'] as const;
export type ValueType = (typeof VALUE_TYPES)[number];

/** The data of a workflow while it is edited: as form fields, or as one JSON text. The other of the two is unused. */
export const dataDraftSchema = z.object({
  mode: z.enum(['form', 'json']),
  /** A name, the type of the value, and the value as the user typed it. */
  fields: z.array(z.object({ name: z.string(), type: z.enum(VALUE_TYPES), value: z.string() })),
  text: z.string(),
});
export type DataDraft = z.infer<typeof dataDraftSchema>;
export type DataField = DataDraft['fields'][number];
export type DataMode = DataDraft['mode'];

/** What is wrong with a draft, and the member of the draft where that is shown. */
export interface DraftIssue {
  path: (string | number)[];
  message: string;
}

export type ParsedDraft = { ok: true; data: WorkflowData } | { ok: false; issues: DraftIssue[] };

/** The limit of the service for the data of a workflow, in bytes of canonical JSON. */
export const MAX_DATA_BYTES = 128 * 1024;
/** With more fields than this, JSON is the better editor. */
export const MAX_FIELDS = 400;

export const emptyField = (): DataField => ({ name: '', type: 'text', value: '' });

export const emptyDraft = (): DataDraft => ({ mode: 'form', fields: [emptyField()], text: '' });

const isDate = (text: string): boolean => {
  const at = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
};

function toField([name, value]: [string, unknown]): DataField {
  if (typeof value === 'string') return { name, type: isDate(value) ? 'date' : 'text', value };
  if (typeof value === 'number') return { name, type: 'number', value: String(value) };
  if (typeof value === 'boolean') return { name, type: 'boolean', value: String(value) };
  return { name, type: 'json', value: toJsonText(value) };
}

const toJsonText = (value: unknown): string => JSON.stringify(value, null, 2);

/** Return the draft for editing this data. */
export function draftFromData(data: WorkflowData): DataDraft {
  const fields = Object.entries(data).map(toField);
  if (fields.length > MAX_FIELDS || fields.some(({ name }) => name.trim() !== name || !name)) {
    return { mode: 'json', fields: [], text: toJsonText(data) };
  }
  return fields.length > 0 ? { mode: 'form', fields, text: '' } : emptyDraft();
}

/** Return the data that a draft describes, or what is wrong with it. Empty form fields are ignored. */
export function parseDraft(draft: DataDraft): ParsedDraft {
  const parsed = draft.mode === 'form' ? parseFields(draft.fields) : parseText(draft.text);
  return parsed.ok ? checkWhole(parsed.data, draft.mode) : parsed;
}

const invalid = (message: string, ...path: DraftIssue['path']): ParsedDraft => ({
  ok: false,
  issues: [{ path, message }],
});

function checkWhole(data: WorkflowData, mode: DataMode): ParsedDraft {
  const member = mode === 'form' ? 'mode' : 'text';
  let canonical: string;
  try {
    canonical = canonicalize(data);
  } catch {
    return invalid(i18next.t('workflows:json.notUnicode'), member);
  }
  if (new TextEncoder().encode(canonical).length > MAX_DATA_BYTES) {
    return invalid(i18next.t('workflows:data.tooLarge', { maximum: MAX_DATA_BYTES / 1024 }), member);
  }
  return { ok: true, data };
}

function parseFields(fields: DataField[]): ParsedDraft {
  const data: Record<string, unknown> = {};
  const issues: DraftIssue[] = [];
  fields.forEach((field, index) => {
    const name = field.name.trim();
    if (!name && !field.value) return;
    const nameProblem = findNameProblem(name, data);
    if (nameProblem) issues.push({ path: ['fields', index, 'name'], message: nameProblem });
    const valueProblem = findValueProblem(field);
    if (valueProblem) issues.push({ path: ['fields', index, 'value'], message: valueProblem });
    if (!nameProblem && !valueProblem) defineMember(data, name, parseValue(field));
  });
  return issues.length === 0 ? { ok: true, data } : { ok: false, issues };
}

function findNameProblem(name: string, data: object): string | null {
  if (!name) return i18next.t('workflows:data.nameMissing');
  return Object.hasOwn(data, name) ? i18next.t('workflows:data.nameUsed') : null;
}

function findValueProblem({ type, value }: DataField): string | null {
  switch (type) {
    case 'number':
      return numberProblem(value.trim());
    case 'date':
      return isDate(value) ? null : i18next.t('workflows:data.dateInvalid');
    case 'json': {
      const problems = findJsonProblems(value);
      return problems.length > 0 ? describeJsonProblems(problems) : null;
    }
    default:
      return null;
  }
}

// A plain assignment to __proto__ would change the prototype.
const defineMember = (data: object, name: string, value: unknown) =>
  Object.defineProperty(data, name, { value, enumerable: true, writable: true, configurable: true });

function parseValue({ type, value }: DataField): unknown {
  if (type === 'number') return Number(value);
  if (type === 'json') return JSON.parse(value);
  return type === 'boolean' ? value === 'true' : value;
}

const isObject = (value: unknown): value is WorkflowData =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parseText(text: string): ParsedDraft {
  const json = text.trim() ? text : '{}';
  const problems = findJsonProblems(json);
  if (problems.length > 0) return invalid(describeJsonProblems(problems), 'text');
  const decoded: unknown = JSON.parse(json);
  return isObject(decoded)
    ? { ok: true, data: decoded }
    : invalid(i18next.t('workflows:json.notAnObject'), 'text');
}

/** Return the same draft in another mode, or null if it has errors or doesn't fit into a form. */
export function convertDraft(draft: DataDraft, mode: DataMode): DataDraft | null {
  if (draft.mode === mode) return draft;
  const parsed = parseDraft(draft);
  if (!parsed.ok) return null;
  if (mode === 'json') return { mode, fields: [], text: toJsonText(parsed.data) };
  const converted = draftFromData(parsed.data);
  return converted.mode === 'form' ? converted : null;
}
