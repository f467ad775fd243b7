import type { WorkflowSummary } from '../api/types';
import { nameOf, titleOf } from '../components/erased';
import { currentLanguage } from '../i18n';
import { outcomeLabel } from '../workflows/labels';
import type { Sort, SortField } from './workUrl';

/** How many rows are shown at once: a table of 1,000 rows is slow. */
export const ROWS_PER_PAGE = 50;

const textOf: Record<SortField, (workflow: WorkflowSummary) => string> = {
  title: titleOf,
  requester: ({ requester }) => nameOf(requester),
  status: ({ status }) => outcomeLabel(status),
  updated: ({ updatedAt }) => updatedAt,
};

const searchText = (workflow: WorkflowSummary): string =>
  [
    titleOf(workflow),
    nameOf(workflow.requester),
    ...workflow.preview.flatMap(({ name, value }) => [name, value]),
  ]
    .join('\n')
    .toLocaleLowerCase();

/** Return the workflows that contain each word of the filter, sorted. Equal ones keep the order of the service. */
export function arrange(items: WorkflowSummary[], filter: string, sort: Sort): WorkflowSummary[] {
  const words = filter.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const matches = items.filter((workflow) => {
    const text = words.length > 0 ? searchText(workflow) : '';
    return words.every((word) => text.includes(word));
  });
  const collator = new Intl.Collator(currentLanguage(), { numeric: true });
  const direction = sort.isDescending ? -1 : 1;
  const text = textOf[sort.field];
  // The service has its own order by time, which for decided workflows is the time of the decision.
  if (sort.field === 'updated') return sort.isDescending ? matches : matches.toReversed();
  return matches.toSorted((one, other) => direction * collator.compare(text(one), text(other)));
}

/** Return the workflow to select after one was decided: the next one, or the previous one if it was the last. */
export function neighborOf(items: WorkflowSummary[], workflowId: string): string | undefined {
  const index = items.findIndex((workflow) => workflow.workflowId === workflowId);
  if (index < 0) return undefined;
  return (items[index + 1] ?? items[index - 1])?.workflowId;
}
