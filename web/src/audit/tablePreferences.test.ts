import { describe, expect, it } from 'vitest';
import { memoryStorage } from '../testing/memoryStorage';
import { DEFAULT_PREFERENCES, fromDialog, loadPreferences } from './tablePreferences';

const KEY = 'countersign.audit.table';

function stored(value: unknown) {
  const storage = memoryStorage();
  storage.setItem(KEY, JSON.stringify(value));
  return loadPreferences(storage);
}

describe('the preferences of the audit table', () => {
  it.each([null, {}, { columns: [{ id: 1 }], wrapLines: true, density: 'compact' }, 'x'])(
    'are the default ones if this browser has none that are valid: %j',
    (value) => {
      expect(stored(value)).toEqual(DEFAULT_PREFERENCES);
    },
  );

  it('keep the order, ignore unknown columns, and end with the columns that are new', () => {
    const columns = [
      { id: 'comment', visible: false },
      { id: 'color', visible: true },
      { id: 'occurredAt', visible: true },
    ];
    const preferences = stored({ columns, wrapLines: false, density: 'compact' });
    expect(preferences).toMatchObject({ wrapLines: false, density: 'compact' });
    expect(preferences.columns.map(({ id }) => id).slice(0, 3)).toEqual(['comment', 'occurredAt', 'who']);
    expect(preferences.columns[0]?.visible).toBe(false);
    expect(preferences.columns).toHaveLength(DEFAULT_PREFERENCES.columns.length);
  });

  it('are what the dialog has', () => {
    expect(fromDialog({})).toEqual(DEFAULT_PREFERENCES);
    expect(fromDialog({ wrapLines: false, contentDensity: 'compact' })).toMatchObject({
      wrapLines: false,
      density: 'compact',
    });
  });
});
