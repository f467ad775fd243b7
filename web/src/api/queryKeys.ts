/** Lists of workflows: what the user started, and what waits for their decision. */
export type WorkflowView = 'mine' | 'inbox';

/** Keys of cached workflows: what several features fetch, change, or refresh. */
export const workflowKeys = {
  all: ['workflows'] as const,
  lists: ['workflows', 'list'] as const,
  list: (view: WorkflowView) => ['workflows', 'list', view] as const,
  one: (workflowId: string) => ['workflows', 'one', workflowId] as const,
  history: (workflowId: string) => ['workflows', 'history', workflowId] as const,
};
