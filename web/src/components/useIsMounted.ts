import { useEffect, useRef, type RefObject } from 'react';

/** Return a ref that says whether the calling component is still on the page. */
export function useIsMounted(): RefObject<boolean> {
  const isMounted = useRef(true);
  useEffect(() => {
    isMounted.current = true;
    return () => {
      isMounted.current = false;
    };
  }, []);
  return isMounted;
}
