import { useSyncExternalStore } from 'react';

/** Up to this width, Cloudscape shows its layout for phones. */
const NARROW = '(max-width: 688px)';

function subscribe(listener: () => void) {
  const media = window.matchMedia(NARROW);
  media.addEventListener('change', listener);
  return () => media.removeEventListener('change', listener);
}

/** Return whether the window is as narrow as a phone. */
export const useIsNarrow = (): boolean =>
  useSyncExternalStore(subscribe, () => window.matchMedia(NARROW).matches);
