import diff from 'microdiff';

export type ChangeKind = 'added' | 'removed' | 'changed';

/** One difference between two versions of data. */
export interface Change {
  kind: ChangeKind;
  /** The names of the members and the positions in lists that lead to the value. */
  path: (string | number)[];
  before?: unknown;
  after?: unknown;
}

const KINDS = { CREATE: 'added', REMOVE: 'removed', CHANGE: 'changed' } as const;

type Content = Record<string, unknown>;

/** Return what differs between two versions of data, in the order of the newer one. */
export function findChanges(before: Content, after: Content): Change[] {
  return diff(before, after).map((difference) => ({
    kind: KINDS[difference.type],
    path: difference.path,
    ...(difference.type !== 'CREATE' && { before: difference.oldValue as unknown }),
    ...(difference.type !== 'REMOVE' && { after: difference.value as unknown }),
  }));
}

/** Describe where a value is, as "lines › #2 › price". Positions are from 1. */
export const formatPath = (path: Change['path']): string =>
  path.map((part) => (typeof part === 'number' ? `#${part + 1}` : part)).join(' › ');
