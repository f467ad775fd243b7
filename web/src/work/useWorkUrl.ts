import { useCallback } from 'react';
import { useSearchParams } from 'react-router';
import { readWorkUrl, writeWorkUrl, type WorkUrl } from './workUrl';

/** The state of the Work page, which is in the URL, and a function that changes a part of it. */
export function useWorkUrl(): [WorkUrl, (change: Partial<WorkUrl>) => void] {
  const [params, setParams] = useSearchParams();
  const change = useCallback(
    (part: Partial<WorkUrl>) => {
      setParams((current) => writeWorkUrl({ ...readWorkUrl(current), ...part }), {
        // "Back" leaves the page, or returns to the previous view.
        replace: part.view === undefined,
      });
    },
    [setParams],
  );
  return [readWorkUrl(params), change];
}
