import * as z from 'zod/mini';
import type { WorkflowView } from '../api/queryKeys';

/** The lists of the Work page, in the order of the menu. */
export const VIEWS = ['inbox', 'mine', 'decided'] as const satisfies WorkflowView[];

export const SORT_FIELDS = ['title', 'requester', 'status', 'updated'] as const;
export type SortField = (typeof SORT_FIELDS)[number];

export interface Sort {
  field: SortField;
  isDescending: boolean;
}

/** What the URL of the Work page holds. */
export interface WorkUrl {
  view: WorkflowView;
  filter: string;
  sort: Sort;
  page: number;
  /** The ID of the workflow in the preview. */
  selected: string | undefined;
}

const MAX_FILTER_LENGTH = 200;

/** Newest first, as the service sends it. */
export const DEFAULT_SORT: Sort = { field: 'updated', isDescending: true };

/** "title" is ascending, and "-title" is descending. */
const sort = z.templateLiteral([z.enum(['', '-']), z.enum(SORT_FIELDS)]);

const schema = z.object({
  view: z.catch(z.enum(VIEWS), 'inbox'),
  q: z.catch(z.string().check(z.maxLength(MAX_FILTER_LENGTH)), ''),
  sort: z.catch(sort, '-updated'),
  page: z.catch(z.coerce.number().check(z.int(), z.minimum(1)), 1),
  selected: z.catch(z.optional(z.string().check(z.minLength(1))), undefined),
});

function parseSort(text: string): Sort {
  const isDescending = text.startsWith('-');
  const name = isDescending ? text.slice(1) : text;
  return { field: SORT_FIELDS.find((field) => field === name) ?? 'updated', isDescending };
}

/** Read the state of the page. What isn't valid has its default. */
export function readWorkUrl(params: URLSearchParams): WorkUrl {
  const { view, q, page, selected, sort: sortText } = schema.parse(Object.fromEntries(params));
  return { view, filter: q, sort: parseSort(sortText), page, selected };
}

/** Return the parameters for a state. Defaults are left out, except the view. */
export function writeWorkUrl(state: Partial<WorkUrl>): URLSearchParams {
  const { view = 'inbox', filter, sort: by, page, selected } = state;
  const params = new URLSearchParams({ view });
  if (filter) params.set('q', filter.slice(0, MAX_FILTER_LENGTH));
  if (by && !isDefaultSort(by)) params.set('sort', `${by.isDescending ? '-' : ''}${by.field}`);
  if (page !== undefined && page > 1) params.set('page', String(page));
  if (selected) params.set('selected', selected);
  return params;
}

export const isDefaultSort = ({ field, isDescending }: Sort): boolean =>
  field === DEFAULT_SORT.field && isDescending === DEFAULT_SORT.isDescending;

export const hrefOf = (state: Partial<WorkUrl>): string => `#/work?${writeWorkUrl(state).toString()}`;
