import { useEffect } from 'react';

/** How long a dialog that closes takes to return the focus to what opened it, and a page to follow (ms). */
const CLOSING_MS = 100;

/** Return the heading of the page. */
export const heading = (): HTMLElement | null => document.querySelector<HTMLElement>('main h1');

/** Focus the heading of the page. Returns whether there is one. */
export function focusHeading(): boolean {
  const element = heading();
  if (!element) return false;
  element.tabIndex = -1;
  element.focus();
  return true;
}

/**
 * After the calling dialog has closed, focus the heading of the page if what opened the dialog is gone, such as the button
 * of an action that isn't possible anymore. Without it, the next Tab starts at the top of the page.
 */
export function useFocusAfterClosing() {
  useEffect(
    () => () => {
      setTimeout(() => {
        const isLost = !document.activeElement || document.activeElement === document.body;
        if (isLost && !document.querySelector('[role=dialog]')) focusHeading();
      }, CLOSING_MS);
    },
    [],
  );
}
