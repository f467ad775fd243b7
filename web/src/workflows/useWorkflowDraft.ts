import { useState } from 'react';
import type { WorkflowData } from '../api/types';
import { countCharacters } from '../components/countCharacters';
import { draftFromData, emptyDraft, parseDraft, type DataDraft, type DraftErrors } from './dataDraft';

export const MAX_TITLE_LENGTH = 200;

/** The content of a workflow form. The errors are empty until the user submits it for the first time. */
export interface WorkflowDraft {
  title: string;
  setTitle: (title: string) => void;
  data: DataDraft;
  setData: (data: DataDraft) => void;
  titleError: string | undefined;
  dataErrors: DraftErrors | null;
  /** Return the title and the data to send. If there are errors, show them and return null. */
  submit: () => { title: string; data: WorkflowData } | null;
}

function validateTitle(title: string): string | undefined {
  if (!title.trim()) return 'Enter a title.';
  return countCharacters(title.trim()) > MAX_TITLE_LENGTH
    ? `Use at most ${MAX_TITLE_LENGTH} characters.`
    : undefined;
}

/** Keep the draft of a new workflow, or of changes to an existing one. */
export function useWorkflowDraft(initial?: { title: string; data: WorkflowData }): WorkflowDraft {
  const [title, setTitle] = useState(initial?.title ?? '');
  const [data, setData] = useState<DataDraft>(() => (initial ? draftFromData(initial.data) : emptyDraft()));
  const [isSubmitted, setIsSubmitted] = useState(false);
  const parsed = parseDraft(data);
  const titleError = validateTitle(title);
  return {
    title,
    setTitle,
    data,
    setData,
    titleError: isSubmitted ? titleError : undefined,
    dataErrors: isSubmitted && !parsed.ok ? parsed.errors : null,
    submit: () => {
      setIsSubmitted(true);
      return titleError || !parsed.ok ? null : { title: title.trim(), data: parsed.data };
    },
  };
}
