import { useState } from 'react';
import type { WorkflowData } from '../api/types';
import { parseDraft, draftFromData, emptyDraft, type DataDraft, type DraftErrors } from './dataDraft';
import { countCharacters } from './countCharacters';

export const MAX_TITLE_LENGTH = 200;

/** What is typed into a workflow's form, and what is wrong with it once somebody tried to send it. */
export interface WorkflowDraft {
  title: string;
  setTitle: (title: string) => void;
  data: DataDraft;
  setData: (data: DataDraft) => void;
  titleFault: string | undefined;
  dataFaults: DraftErrors | null;
  /** The title and the data to send; null when something is wrong, which then shows. */
  complete: () => { title: string; data: WorkflowData } | null;
}

function titleFaultOf(title: string): string | undefined {
  if (!title.trim()) return 'Enter a title.';
  return countCharacters(title.trim()) > MAX_TITLE_LENGTH
    ? `At most ${MAX_TITLE_LENGTH} characters.`
    : undefined;
}

/** The draft of a new workflow, or of changes to one. */
export function useWorkflowDraft(from?: { title: string; data: WorkflowData }): WorkflowDraft {
  const [title, setTitle] = useState(from?.title ?? '');
  const [data, setData] = useState<DataDraft>(() => (from ? draftFromData(from.data) : emptyDraft()));
  const [tried, setTried] = useState(false);
  const checked = parseDraft(data);
  const titleFault = titleFaultOf(title);
  return {
    title,
    setTitle,
    data,
    setData,
    titleFault: tried ? titleFault : undefined,
    dataFaults: tried && !checked.ok ? checked.faults : null,
    complete: () => {
      setTried(true);
      return titleFault || !checked.ok ? null : { title: title.trim(), data: checked.data };
    },
  };
}
