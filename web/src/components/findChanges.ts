import diff from 'microdiff';

/** A value that differs between two JSON objects. A value that isn't there is null. */
export interface Change {
  /** Where the value is, for example "items[0].price". */
  path: string;
  type: 'added' | 'removed' | 'changed';
  /** JSON texts. */
  before: string | null;
  after: string | null;
}

type JsonObject = Record<string, unknown>;

/** Return the values that differ, sorted by where they are. */
export function findChanges(before: JsonObject, after: JsonObject): Change[] {
  const changes = diff(before, after).map((difference): Change => {
    const path = formatPath(difference.path);
    switch (difference.type) {
      case 'CREATE':
        return { path, type: 'added', before: null, after: toText(difference.value) };
      case 'REMOVE':
        return { path, type: 'removed', before: toText(difference.oldValue), after: null };
      case 'CHANGE':
        return {
          path,
          type: 'changed',
          before: toText(difference.oldValue),
          after: toText(difference.value),
        };
    }
  });
  return changes.sort((one, other) => one.path.localeCompare(other.path, 'en', { numeric: true }));
}

// Names with dots or brackets are quoted: they would look like a path.
const isPlainName = (name: string): boolean => !/[.[\]"]/.test(name) && name !== '';

function formatPath(path: (string | number)[]): string {
  return path
    .map((step, position) => {
      if (typeof step === 'number') return `[${step}]`;
      if (!isPlainName(step)) return `[${JSON.stringify(step)}]`;
      return position === 0 ? step : `.${step}`;
    })
    .join('');
}

/** Texts are shown as they are, so that line breaks stay readable. */
const toText = (value: unknown): string =>
  typeof value === 'string' && value !== '' ? value : JSON.stringify(value, null, 2);
