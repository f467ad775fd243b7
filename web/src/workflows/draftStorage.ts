import { useEffect, useState } from 'react';
import { z } from 'zod';
import { useUser } from '../session/SessionProvider';

const PREFIX = 'countersign.draft.';
/** How long to wait after a key stroke before the draft is stored (ms). */
const DELAY_MS = 300;

/** The draft of one form in the storage of the tab, where it survives a reload and an expired session. */
export class DraftStorage<Draft> {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private pending: (() => Draft | null) | null = null;
  private isClosed = false;

  get closed(): boolean {
    return this.isClosed;
  }

  constructor(
    private readonly key: string,
    private readonly schema: z.ZodType<Draft>,
    private readonly storage: Storage = window.sessionStorage,
  ) {}

  /** Return the draft that was stored, or null if there is none that this version of the console can use. */
  read(): Draft | null {
    const text = this.storage.getItem(this.key);
    if (text === null) return null;
    try {
      return this.schema.parse(JSON.parse(text));
    } catch {
      this.storage.removeItem(this.key);
      return null;
    }
  }

  /** Store the draft soon. Null means that there is nothing to keep. */
  schedule(draft: () => Draft | null): void {
    this.pending = draft;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), DELAY_MS);
  }

  /** Store the draft now. */
  flush(): void {
    clearTimeout(this.timer);
    if (!this.pending || this.isClosed) return;
    const draft = this.pending();
    this.pending = null;
    if (draft === null) {
      this.storage.removeItem(this.key);
      return;
    }
    try {
      this.storage.setItem(this.key, JSON.stringify(draft));
    } catch {
      // The storage is full. The draft stays on the page.
    }
  }

  /** Remove the draft for good: it was sent, or the user discarded it. */
  close(): void {
    this.isClosed = true;
    clearTimeout(this.timer);
    this.storage.removeItem(this.key);
  }
}

function removeDraftsOfOthers(userId: string, storage: Storage = window.sessionStorage): void {
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index) ?? '');
  for (const key of keys) {
    if (key.startsWith(PREFIX) && !key.startsWith(`${PREFIX}${userId}.`)) storage.removeItem(key);
  }
}

/**
 * Keep the draft of a form in the storage of the tab while the form is open.
 *
 * @returns The storage, and the draft that it had when the form opened.
 */
export function useDraftStorage<Draft>(
  name: string,
  schema: z.ZodType<Draft>,
): { storage: DraftStorage<Draft>; restored: Draft | null } {
  const { userId } = useUser();
  const [opened] = useState(() => {
    removeDraftsOfOthers(userId);
    const storage = new DraftStorage(`${PREFIX}${userId}.${name}`, schema);
    return { storage, restored: storage.read() };
  });
  const { storage } = opened;
  useEffect(() => {
    const flush = () => storage.flush();
    window.addEventListener('pagehide', flush);
    return () => {
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, [storage]);
  return opened;
}

/** Whether the user has typed something into a form that isn't open now. */
export const hasStoredDraft = (userId: string, name: string): boolean =>
  window.sessionStorage.getItem(`${PREFIX}${userId}.${name}`) !== null;

/** The name of the draft of changes to a workflow. */
export const editDraftName = (workflowId: string): string => `edit.${workflowId}`;
