/** The search filters. An empty filter matches everything. Days are in the time zone of the browser. */
export interface AuditFilters {
  text: string;
  scheme: string;
  workflowId: string;
  actionType: string;
  outcome: string;
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

/** Read the filters from URL parameters. Ignores unknown parameters and invalid days. */
export function parseFilters(params: URLSearchParams): AuditFilters {
  const text = (name: keyof AuditFilters) => params.get(name)?.trim() ?? '';
  const day = (name: 'from' | 'to') => (DAY.test(text(name)) ? text(name) : '');
  return {
    text: text('text'),
    scheme: text('scheme'),
    workflowId: text('workflowId'),
    actionType: text('actionType'),
    outcome: text('outcome'),
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
