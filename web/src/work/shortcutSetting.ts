import { useCallback, useState } from 'react';

const STORAGE_KEY = 'countersign.shortcuts';

/** Whether the user wants keyboard shortcuts, and a function that changes it. Speech input users can turn them off. */
export function useShortcutSetting(): [boolean, (isEnabled: boolean) => void] {
  const [isEnabled, setIsEnabled] = useState(() => window.localStorage.getItem(STORAGE_KEY) !== 'off');
  const change = useCallback((next: boolean) => {
    window.localStorage.setItem(STORAGE_KEY, next ? 'on' : 'off');
    setIsEnabled(next);
  }, []);
  return [isEnabled, change];
}
