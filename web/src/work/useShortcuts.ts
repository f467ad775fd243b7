import { useEffect, useEffectEvent } from 'react';

/** The keys of the Work page and what they do, in the order of the list. */
export const SHORTCUTS = {
  j: 'next',
  k: 'previous',
  Enter: 'open',
  a: 'approve',
  r: 'reject',
  x: 'toggle',
  '/': 'filter',
  '?': 'help',
} as const;

export type ShortcutAction = (typeof SHORTCUTS)[keyof typeof SHORTCUTS];

const isShortcut = (key: string): key is keyof typeof SHORTCUTS => Object.hasOwn(SHORTCUTS, key);

/** What types or chooses with the keyboard, and dialogs, keep their keys. */
const WITH_OWN_KEYS =
  'input:not([type=checkbox]), textarea, select, [contenteditable=true], [role=dialog], [role=menu], [role=listbox]';
/** What Enter activates. */
const ACTIVATED_BY_ENTER = 'a:not([aria-current]), button, summary, [role=button]';

function actionOf(event: KeyboardEvent): ShortcutAction | undefined {
  const { key, target } = event;
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return undefined;
  if (!isShortcut(key) || !(target instanceof Element) || target.closest(WITH_OWN_KEYS)) return undefined;
  if (key === 'Enter' && target.closest(ACTIVATED_BY_ENTER)) return undefined;
  // A dialog that has not taken the focus yet.
  return document.querySelector('[role=dialog]') ? undefined : SHORTCUTS[key];
}

/** Call a function for the keys of the page. */
export function useShortcuts(isEnabled: boolean, onAction: (action: ShortcutAction) => void) {
  const handle = useEffectEvent((event: KeyboardEvent) => {
    const action = actionOf(event);
    if (!action || !isEnabled) return;
    event.preventDefault();
    onAction(action);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => handle(event);
    document.addEventListener('keydown', listener);
    return () => document.removeEventListener('keydown', listener);
  }, []);
}
