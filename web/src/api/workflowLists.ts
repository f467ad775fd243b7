import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import { workflowKeys, type WorkflowView } from './queryKeys';
import type { Page, Workflow, WorkflowSummary } from './types';

export type WorkflowPages = InfiniteData<Page<WorkflowSummary>, string | undefined>;

const VIEWS: WorkflowView[] = ['inbox', 'mine', 'decided'];

/** Whether the workflow waits for a decision of the user who fetched it. */
export const isDecidable = (workflow: Pick<WorkflowSummary, 'allowedActions' | 'contentErased'>): boolean =>
  !workflow.contentErased &&
  workflow.allowedActions.some((action) => action === 'APPROVE' || action === 'REJECT');

function belongsTo(view: WorkflowView, workflow: Workflow, userId: string, wasListed: boolean): boolean {
  switch (view) {
    case 'inbox':
      return isDecidable(workflow);
    case 'mine':
      return workflow.requester.userId === userId;
    case 'decided':
      // `decidedBy` has the newest round only: an earlier decision stays in the list.
      return wasListed || workflow.decidedBy.some((decision) => decision.userId === userId);
  }
}

function toSummary(workflow: Workflow): WorkflowSummary {
  const { data: _data, ...summary } = workflow;
  return summary;
}

/** Lists are ordered by the time of the last change, newest first. */
const isBefore = (a: WorkflowSummary, b: WorkflowSummary): boolean =>
  a.updatedAt === b.updatedAt ? a.workflowId > b.workflowId : a.updatedAt > b.updatedAt;

function insert(data: WorkflowPages, workflow: WorkflowSummary): WorkflowPages {
  const pages = data.pages.map((page) => ({ ...page, items: [...page.items] }));
  for (const page of pages) {
    const index = page.items.findIndex((item) => isBefore(workflow, item));
    if (index >= 0) {
      page.items.splice(index, 0, workflow);
      return { ...data, pages };
    }
  }
  const last = pages.at(-1);
  // With a cursor, it's on a page that isn't fetched yet.
  if (last && last.cursor === null) last.items.push(workflow);
  return { ...data, pages };
}

/** Return the list with a workflow as it is now: added, replaced, moved, or removed. */
export function placeInList(
  data: WorkflowPages,
  view: WorkflowView,
  workflow: Workflow,
  userId: string,
): WorkflowPages {
  const { workflowId } = workflow;
  const listed = data.pages.flatMap((page) => page.items).find((item) => item.workflowId === workflowId);
  if (listed && listed.version > workflow.version) return data;
  const belongs = belongsTo(view, workflow, userId, listed !== undefined);
  if (!listed && !belongs) return data;
  const summary = toSummary(workflow);
  // What was decided is ordered by the time of the user's decision, which another change doesn't move.
  if (listed && belongs && (listed.updatedAt === summary.updatedAt || view === 'decided')) {
    return mapItems(data, (item) => (item.workflowId === workflowId ? summary : item));
  }
  const without = removeFromList(data, workflowId);
  return belongs ? insert(without, summary) : without;
}

const mapItems = (
  data: WorkflowPages,
  change: (item: WorkflowSummary) => WorkflowSummary,
): WorkflowPages => ({
  ...data,
  pages: data.pages.map((page) => ({ ...page, items: page.items.map(change) })),
});

/** Return the list without a workflow. */
export const removeFromList = (data: WorkflowPages, workflowId: string): WorkflowPages => ({
  ...data,
  pages: data.pages.map((page) => ({
    ...page,
    items: page.items.filter((item) => item.workflowId !== workflowId),
  })),
});

/** Change the lists that are fetched already, without a request. */
export function updateLists(
  queryClient: QueryClient,
  change: (data: WorkflowPages, view: WorkflowView) => WorkflowPages,
) {
  for (const view of VIEWS) {
    queryClient.setQueryData<WorkflowPages>(workflowKeys.list(view), (data) => data && change(data, view));
  }
}

const isFetchedWorkflow = (data: unknown): data is { workflow: Workflow } =>
  typeof data === 'object' && data !== null && 'workflow' in data;

/**
 * Keep the lists in line with each workflow that is fetched or changed, so that neither needs a request of its own.
 *
 * @returns A function that stops it.
 */
export function followWorkflows(
  queryClient: QueryClient,
  userId: string,
  onWorkflow: (workflow: Workflow) => void = () => undefined,
): () => void {
  const newest = new Map<string, number>();
  const one: string = workflowKeys.one('')[1];
  return queryClient.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'success') return;
    const [root, kind] = event.query.queryKey as readonly unknown[];
    const data: unknown = event.query.state.data;
    if (root !== workflowKeys.all[0] || kind !== one || !isFetchedWorkflow(data)) return;
    const { workflow } = data;
    const { workflowId, version } = workflow;
    updateLists(queryClient, (pages, view) => placeInList(pages, view, workflow, userId));
    const isNewer = version > (newest.get(workflowId) ?? version);
    newest.set(workflowId, version);
    if (isNewer) {
      // What else is known about it, such as its history.
      void queryClient.invalidateQueries({
        predicate: ({ queryKey: key }) =>
          key[0] === workflowKeys.all[0] && key[1] !== one && key.includes(workflowId),
      });
    }
    onWorkflow(workflow);
  });
}
