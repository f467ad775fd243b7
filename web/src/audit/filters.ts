import type { ActionType, Status } from '../api/types';
import { ACTION_TYPES, STATUSES } from '../workflows/labels';

/** What an auditor searches by. Empty means "any"; days are in the reader's own zone, both included. */
export interface AuditFilters {
  text: string;
  scheme: string;
  workflowId: string;
  actionType: ActionType | '';
  outcome: Status | '';
  /** YYYY-MM-DD */
  from: string;
  /** YYYY-MM-DD */
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

const oneOf = <Value extends string>(value: string, all: Value[]): Value | '' =>
  all.find((one) => one === value) ?? '';

/** The filters in an address; what does not belong there counts as empty. */
export function parseFilters(params: URLSearchParams): AuditFilters {
  const text = (name: keyof AuditFilters) => params.get(name)?.trim() ?? '';
  const day = (name: 'from' | 'to') => (DAY.test(text(name)) ? text(name) : '');
  return {
    text: text('text'),
    scheme: text('scheme'),
    workflowId: text('workflowId'),
    actionType: oneOf(text('actionType'), ACTION_TYPES),
    outcome: oneOf(text('outcome'), STATUSES),
    from: day('from'),
    to: day('to'),
  };
}

/** The address of these filters, without the empty ones. */
export function toSearchParams(filters: AuditFilters): URLSearchParams {
  const params = new URLSearchParams();
  for (const name of NAMES) {
    const value = filters[name].trim();
    if (value) params.set(name, value);
  }
  return params;
}

/** An instant at the start of a local day, some days later. */
function startOf(day: string, daysLater = 0): Date {
  const date = new Date(`${day}T00:00:00`);
  date.setDate(date.getDate() + daysLater);
  return date;
}

/** The query that these filters ask the API: empty ones left out, days turned into instants (RFC 3339, UTC). */
export function toQuery(filters: AuditFilters) {
  const lastMoment = filters.to && new Date(startOf(filters.to, 1).getTime() - 1);
  return {
    text: filters.text || undefined,
    scheme: filters.scheme || undefined,
    workflowId: filters.workflowId || undefined,
    actionType: filters.actionType || undefined,
    outcome: filters.outcome || undefined,
    from: filters.from ? startOf(filters.from).toISOString() : undefined,
    to: lastMoment ? lastMoment.toISOString() : undefined,
  };
}
