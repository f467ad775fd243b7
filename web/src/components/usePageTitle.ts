import { useEffect } from 'react';

const shown = { page: '', unread: 0 };

function update() {
  const count = shown.unread > 0 ? `(${shown.unread}) ` : '';
  document.title = `${count}${shown.page ? `${shown.page} · ` : ''}Countersign`;
}

/** Set the title of the browser tab. */
export function usePageTitle(title: string) {
  useEffect(() => {
    shown.page = title;
    update();
  }, [title]);
}

/** Show the number of unread notifications in the title of the browser tab. */
export function useUnreadInTitle(unread: number) {
  useEffect(() => {
    shown.unread = unread;
    update();
    return () => {
      shown.unread = 0;
      update();
    };
  }, [unread]);
}
