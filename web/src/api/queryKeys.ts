/** Lists of workflows: what waits for the user's decision, what they started, and what they decided. */
export type WorkflowView = 'inbox' | 'mine' | 'decided';

/** Keys of cached workflows: what several features fetch, change, or refresh. */
export const workflowKeys = {
  all: ['workflows'] as const,
  lists: ['workflows', 'list'] as const,
  list: (view: WorkflowView) => ['workflows', 'list', view] as const,
  one: (workflowId: string) => ['workflows', 'one', workflowId] as const,
  history: (workflowId: string) => ['workflows', 'history', workflowId] as const,
};
