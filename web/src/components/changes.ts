import diff from 'microdiff';

/** A value that differs between two versions. */
export interface Change {
  kind: 'added' | 'removed' | 'changed';
  /** Where the value is, as users see it: "lines › #2 › price". */
  path: string;
  before?: unknown;
  after?: unknown;
}

const KINDS = { CREATE: 'added', REMOVE: 'removed', CHANGE: 'changed' } as const;

type Content = Record<string, unknown>;

/** Return what differs between two JSON objects: first what the older one has, in its order, then what was added. */
export function findChanges(before: Content, after: Content): Change[] {
  return diff(withoutPrototypes(before) as Content, withoutPrototypes(after) as Content).map(
    (difference) => ({
      kind: KINDS[difference.type],
      path: formatPath(difference.path),
      ...(difference.type !== 'CREATE' && { before: difference.oldValue as unknown }),
      ...(difference.type !== 'REMOVE' && { after: difference.value as unknown }),
    }),
  );
}

/** Copy a JSON value. microdiff takes inherited members for members of the data, such as "constructor". */
function withoutPrototypes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutPrototypes);
  if (typeof value !== 'object' || value === null) return value;
  const copy = Object.create(null) as Content;
  for (const [name, member] of Object.entries(value)) copy[name] = withoutPrototypes(member);
  return copy;
}

// Names that look like a path are quoted.
const isPlainName = (name: string): boolean =>
  name.trim() === name && name !== '' && !/[.[\]"›]|^#/.test(name);

// Positions are from 1.
const formatPath = (path: (string | number)[]): string =>
  path
    .map((step) => {
      if (typeof step === 'number') return `#${step + 1}`;
      return isPlainName(step) ? step : JSON.stringify(step);
    })
    .join(' › ');

/** Whether to show a value as JSON because the text alone doesn't tell it from the other value, such as "1" from 1. */
export const needsQuotes = (value: unknown, other: unknown): boolean =>
  typeof value === 'string' &&
  (value.trim() !== value || value === '' || (other !== undefined && typeof other !== 'string'));
