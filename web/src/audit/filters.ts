import { z } from 'zod';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const UNITS = { minute: 60, hour: 3_600, day: 86_400, week: 604_800 } as const;

export type RangeUnit = keyof typeof UNITS;

export const isRangeUnit = (unit: string): unit is RangeUnit => Object.hasOwn(UNITS, unit);

/** When records happened: whole days in the time zone of the browser, or the time before now. */
export type TimeRange =
  { kind: 'days'; from: string; to: string } | { kind: 'last'; amount: number; unit: RangeUnit };

/** What the API compares for equality, and `text`: words of titles and comments. */
export const PROPERTIES = [
  'text',
  'actionOwner',
  'scheme',
  'actionType',
  'outcome',
  'workflowId',
  'stepId',
  'target',
] as const;
export type Property = (typeof PROPERTIES)[number];

/** The search filters. A property without a value matches everything. */
export interface AuditFilters {
  values: Partial<Record<Property, string>>;
  range: TimeRange | null;
}

export const NO_FILTERS: AuditFilters = { values: {}, range: null };

const text = (maximum: number) => z.string().trim().min(1).max(maximum);
const name = z
  .string()
  .trim()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/);

// What the API accepts.
const VALUES: Record<Property, z.ZodType<string>> = {
  text: text(200),
  actionOwner: text(200),
  scheme: name,
  actionType: text(64),
  outcome: text(64),
  workflowId: z.string().trim().toLowerCase().pipe(z.guid()),
  stepId: name,
  target: text(200),
};

/** Return a value as the API accepts it for a property, or undefined if it doesn't. */
export const parseValue = (property: Property, value: unknown): string | undefined =>
  VALUES[property].safeParse(value).data;

/** Such as "7day". */
function parseLast(text: string | null): TimeRange | null {
  const [, amount, unit = ''] = /^([1-9]\d{0,3})([a-z]+)$/.exec(text ?? '') ?? [];
  return isRangeUnit(unit) ? { kind: 'last', amount: Number(amount), unit } : null;
}

const dayParam = z
  .string()
  .regex(DAY)
  .refine((day) => !Number.isNaN(Date.parse(day)));

/** Read the filters from URL parameters. Ignores unknown parameters and invalid values. */
export function parseFilters(params: URLSearchParams): AuditFilters {
  const values: AuditFilters['values'] = {};
  for (const property of PROPERTIES) {
    const value = parseValue(property, params.get(property));
    if (value !== undefined) values[property] = value;
  }
  return { values, range: parseRange(params) };
}

function parseRange(params: URLSearchParams): TimeRange | null {
  const last = parseLast(params.get('last'));
  if (last) return last;
  const [from, to] = ['from', 'to'].map((name) => dayParam.safeParse(params.get(name)).data ?? '');
  return from || to ? { kind: 'days', from: from ?? '', to: to ?? '' } : null;
}

/** Return the URL parameters for the filters that are set. */
export function toSearchParams({ values, range }: AuditFilters): URLSearchParams {
  const params = new URLSearchParams();
  for (const property of PROPERTIES) {
    const value = values[property]?.trim();
    if (value) params.set(property, value);
  }
  if (range?.kind === 'last') params.set('last', `${range.amount}${range.unit}`);
  if (range?.kind === 'days') {
    if (range.from) params.set('from', range.from);
    if (range.to) params.set('to', range.to);
  }
  return params;
}

function startOfDay(day: string, daysLater = 0): Date {
  const date = new Date(`${day}T00:00:00`);
  date.setDate(date.getDate() + daysLater);
  return date;
}

/** Return the API query for the filters. Days and the time before now become times in UTC (RFC 3339). */
export function toQuery({ values, range }: AuditFilters, now: Date) {
  return { ...values, ...timesOf(range, now) };
}

function timesOf(range: TimeRange | null, now: Date): { from?: string; to?: string } {
  if (!range) return {};
  if (range.kind === 'last') {
    return { from: new Date(now.getTime() - range.amount * UNITS[range.unit] * 1000).toISOString() };
  }
  return {
    ...(range.from && { from: startOfDay(range.from).toISOString() }),
    ...(range.to && { to: new Date(startOfDay(range.to, 1).getTime() - 1).toISOString() }),
  };
}
