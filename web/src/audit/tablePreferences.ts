import type { CollectionPreferencesProps } from '@cloudscape-design/components/collection-preferences';
import { useState } from 'react';
import { z } from 'zod';

/** The columns of the audit trail, in the order that they have at first. */
export const COLUMNS = [
  'occurredAt',
  'who',
  'action',
  'outcome',
  'target',
  'scheme',
  'comment',
  'step',
  'sequence',
  'record',
] as const;
export type ColumnId = (typeof COLUMNS)[number];

const HIDDEN_AT_FIRST: readonly ColumnId[] = ['step', 'sequence', 'record'];
const STORAGE_KEY = 'countersign.audit.table';

const preferencesSchema = z.object({
  columns: z.array(z.object({ id: z.string(), visible: z.boolean() })),
  wrapLines: z.boolean(),
  density: z.enum(['comfortable', 'compact']),
});

export interface TablePreferences {
  columns: readonly { id: ColumnId; visible: boolean }[];
  wrapLines: boolean;
  density: 'comfortable' | 'compact';
}

export const DEFAULT_PREFERENCES: TablePreferences = {
  columns: COLUMNS.map((id) => ({ id, visible: !HIDDEN_AT_FIRST.includes(id) })),
  wrapLines: true,
  density: 'comfortable',
};

const isColumn = (id: string): id is ColumnId => COLUMNS.some((column) => column === id);

/** Read the preferences that this browser has. Columns that they don't have yet come last. */
export function loadPreferences(storage: Pick<Storage, 'getItem'>): TablePreferences {
  try {
    const stored = preferencesSchema.parse(JSON.parse(storage.getItem(STORAGE_KEY) ?? ''));
    return { ...stored, columns: completeColumns(stored.columns) };
  } catch {
    return DEFAULT_PREFERENCES;
  }
}

function completeColumns(columns: readonly { id: string; visible: boolean }[]): TablePreferences['columns'] {
  const known = columns.flatMap(({ id, visible }) => (isColumn(id) ? [{ id, visible }] : []));
  const missing = DEFAULT_PREFERENCES.columns.filter(({ id }) => !known.some((column) => column.id === id));
  return [...known, ...missing];
}

/** Return the preferences for what the dialog of Cloudscape has. */
export const fromDialog = (dialog: CollectionPreferencesProps.Preferences): TablePreferences => ({
  columns: completeColumns(dialog.contentDisplay ?? DEFAULT_PREFERENCES.columns),
  wrapLines: dialog.wrapLines ?? DEFAULT_PREFERENCES.wrapLines,
  density: dialog.contentDensity ?? DEFAULT_PREFERENCES.density,
});

/** The preferences of the table, which are stored in this browser. */
export function useTablePreferences(): [TablePreferences, (preferences: TablePreferences) => void] {
  const [preferences, setPreferences] = useState(() => loadPreferences(window.localStorage));
  return [
    preferences,
    (next) => {
      window.localStorage.setItem(STORAGE_KEY, JSON.stringify(next));
      setPreferences(next);
    },
  ];
}
