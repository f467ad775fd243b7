const KEY = 'countersign.reloaded-at';

/** A second failure within this time isn't solved by loading the page again. */
const PAUSE_MS = 60_000;

/**
 * Load the page again if a file of this build is missing: a deployment has replaced it.
 *
 * The URL is kept, and a message is shown afterwards. It happens once: if the file is missing again, the error is shown.
 */
export function reloadIfFilesAreMissing(
  target: Pick<Window, 'addEventListener'>,
  storage: Pick<Storage, 'getItem' | 'setItem'>,
  reload: () => void,
) {
  target.addEventListener('vite:preloadError', (event) => {
    const last = Number(storage.getItem(KEY) ?? 0);
    // Offline, the page itself couldn't be loaded either.
    if (!navigator.onLine || Date.now() - last < PAUSE_MS) return;
    storage.setItem(KEY, String(Date.now()));
    // Vite throws the error otherwise.
    event.preventDefault();
    reload();
  });
}

/** Return whether the page was loaded again because of a deployment. True once. */
export function wasReloaded(storage: Pick<Storage, 'getItem' | 'setItem'>): boolean {
  const last = Number(storage.getItem(KEY) ?? 0);
  const isRecent =
    last > 0 && Date.now() - last < PAUSE_MS && storage.getItem(`${KEY}.shown`) !== String(last);
  if (isRecent) storage.setItem(`${KEY}.shown`, String(last));
  return isRecent;
}
