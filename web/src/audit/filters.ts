import type { ActionType, Outcome } from '../api/types';
import { ACTION_TYPES, OUTCOMES } from '../workflows/labels';

/** The search filters. An empty filter matches everything. Days are in the time zone of the browser. */
export interface AuditFilters {
  text: string;
  scheme: string;
  workflowId: string;
  actionType: ActionType | '';
  outcome: Outcome | '';
  /** First day, YYYY-MM-DD. */
  from: string;
  /** Last day, YYYY-MM-DD. */
  to: string;
}

export const NO_FILTERS: AuditFilters = {
  text: '',
  scheme: '',
  workflowId: '',
  actionType: '',
  outcome: '',
  from: '',
  to: '',
};

const NAMES = Object.keys(NO_FILTERS) as (keyof AuditFilters)[];
const DAY = /^\d{4}-\d{2}-\d{2}$/;

const oneOf = <Value extends string>(value: string, allowed: Value[]): Value | '' =>
  allowed.find((candidate) => candidate === value) ?? '';

/** Read the filters from URL parameters. Ignores unknown parameters and invalid values. */
export function parseFilters(params: URLSearchParams): AuditFilters {
  const text = (name: keyof AuditFilters) => params.get(name)?.trim() ?? '';
  const day = (name: 'from' | 'to') => (DAY.test(text(name)) ? text(name) : '');
  return {
    text: text('text'),
    scheme: text('scheme'),
    workflowId: text('workflowId'),
    actionType: oneOf(text('actionType'), ACTION_TYPES),
    outcome: oneOf(text('outcome'), OUTCOMES),
    from: day('from'),
    to: day('to'),
  };
}

/** Return the URL parameters for the filters that are set. */
export function toSearchParams(filters: AuditFilters): URLSearchParams {
  const params = new URLSearchParams();
  for (const name of NAMES) {
    const value = filters[name].trim();
    if (value) params.set(name, value);
  }
  return params;
}

function startOfDay(day: string, daysLater = 0): Date {
  const date = new Date(`${day}T00:00:00`);
  date.setDate(date.getDate() + daysLater);
  return date;
}

/** Return the API query for the filters. Days become times in UTC (RFC 3339). */
export function toQuery(filters: AuditFilters) {
  const endOfLastDay = filters.to && new Date(startOfDay(filters.to, 1).getTime() - 1);
  return {
    text: filters.text || undefined,
    scheme: filters.scheme || undefined,
    workflowId: filters.workflowId || undefined,
    actionType: filters.actionType || undefined,
    outcome: filters.outcome || undefined,
    from: filters.from ? startOfDay(filters.from).toISOString() : undefined,
    to: endOfLastDay ? endOfLastDay.toISOString() : undefined,
  };
}
