import { useEffect, useRef } from 'react';
import { useLocation } from 'react-router';
import { focusHeading, heading } from '../components/focusHeading';

/** How long to wait for the heading of a page that loads (ms). */
const MAX_WAIT_MS = 10_000;

/** Call a function when the heading of the page is there. Returns a function that stops waiting. */
function whenHeadingExists(callback: () => void): () => void {
  const stop = () => {
    observer.disconnect();
    clearTimeout(timer);
    for (const event of INPUT_EVENTS) window.removeEventListener(event, stop, true);
  };
  const observer = new MutationObserver(() => {
    if (!heading()) return;
    stop();
    callback();
  });
  const timer = setTimeout(stop, MAX_WAIT_MS);
  observer.observe(document.body, { childList: true, subtree: true });
  // The user has moved the focus.
  for (const event of INPUT_EVENTS) window.addEventListener(event, stop, true);
  return stop;
}

const FIELDS = 'input, textarea, select, [contenteditable=true], [role=dialog]';

const INPUT_EVENTS = ['keydown', 'pointerdown'] as const;

/** After a navigation to another page, focus its heading: a screen reader reads it, and Tab continues from there. */
export function useFocusOnNavigation() {
  const { pathname } = useLocation();
  const previous = useRef(pathname);
  useEffect(() => {
    if (previous.current === pathname) return;
    previous.current = pathname;
    const focus = () => {
      // A page that has focused its first field keeps that.
      if (!document.activeElement?.closest(FIELDS)) focusHeading();
    };
    let stopWaiting: (() => void) | undefined;
    // The previous page is still there until the next frame.
    const frame = requestAnimationFrame(() => {
      if (heading()) focus();
      else stopWaiting = whenHeadingExists(focus);
    });
    return () => {
      cancelAnimationFrame(frame);
      stopWaiting?.();
    };
  }, [pathname]);
}
