import { useEffect } from 'react';

/** Whether the browser opens a link of the console in this tab. */
function isPlainClick(event: MouseEvent): boolean {
  return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
}

/**
 * Follow links such as `#/work` with the router.
 *
 * If the browser follows them, the history entry isn't the router's, and a form can't ask before the user leaves it.
 */
export function useRouterLinks(navigate: (path: string) => void) {
  useEffect(() => {
    const follow = (event: MouseEvent) => {
      if (event.defaultPrevented || !isPlainClick(event) || !(event.target instanceof Element)) return;
      const link = event.target.closest('a[href^="#/"]');
      const target = link?.getAttribute('target') ?? '_self';
      if (!link || target !== '_self') return;
      event.preventDefault();
      navigate(link.getAttribute('href')?.slice(1) ?? '/');
    };
    document.addEventListener('click', follow);
    return () => document.removeEventListener('click', follow);
  }, [navigate]);
}
