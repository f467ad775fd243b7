import { applyMode, Mode } from '@cloudscape-design/global-styles';
import { useCallback, useSyncExternalStore } from 'react';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

const STORAGE_KEY = 'countersign.theme';
const DARK = '(prefers-color-scheme: dark)';

const listeners = new Set<() => void>();

/** Return what the user chose in this browser. */
export function chosenTheme(storage: Pick<Storage, 'getItem'> = window.localStorage): Theme {
  const stored = storage.getItem(STORAGE_KEY);
  return THEMES.find((theme) => theme === stored) ?? 'system';
}

function apply() {
  const theme = chosenTheme();
  const isDark = theme === 'system' ? window.matchMedia(DARK).matches : theme === 'dark';
  applyMode(isDark ? Mode.Dark : Mode.Light);
  // For what the browser draws itself, such as scroll bars.
  document.documentElement.style.colorScheme = isDark ? 'dark' : 'light';
  for (const listener of listeners) listener();
}

/** Show the console in the chosen theme, and follow the system and the other tabs of this browser. */
export function startTheme() {
  apply();
  window.matchMedia(DARK).addEventListener('change', apply);
  window.addEventListener('storage', ({ key }) => {
    if (key === STORAGE_KEY) apply();
  });
}

/** Change the theme, and store it in this browser. */
export function chooseTheme(theme: Theme, storage: Pick<Storage, 'setItem'> = window.localStorage) {
  storage.setItem(STORAGE_KEY, theme);
  apply();
}

/** Return the chosen theme, also after it has changed. */
export const useTheme = (): Theme =>
  useSyncExternalStore(
    useCallback((listener: () => void) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    }, []),
    () => chosenTheme(),
  );
