import { useEffect } from 'react';

/** Set the title of the browser tab. */
export function usePageTitle(title: string) {
  useEffect(() => {
    document.title = `${title} · Countersign`;
  }, [title]);
}
