import { zodResolver } from '@hookform/resolvers/zod';
import diff from 'microdiff';
import { useEffect, useState } from 'react';
import { useForm, type Control, type UseFormReturn } from 'react-hook-form';
import { z } from 'zod';
import { useDraftStorage } from './draftStorage';
import { contentSchema, formSchema, type FormContent, type FormValues } from './workflowForm';

export type WorkflowControl = Control<FormValues, unknown, FormContent>;

/** What is stored of a form: its fields, and the version of the workflow that they change. Null for a new one. */
const storedFormSchema = z.object({ values: formSchema, etag: z.string().nullable() });

export interface WorkflowForm extends UseFormReturn<FormValues, unknown, FormContent> {
  /** The version that the user changes: an earlier one than the newest if the form was restored. */
  etag: string | null;
  /** Whether the form shows what the user typed before a reload. */
  isRestored: boolean;
  /** Whether the user has typed something that isn't saved. */
  hasChanges: () => boolean;
  /** Delete the stored form, because it was sent or discarded. */
  close: () => void;
  /** Show the initial values again. */
  startOver: () => void;
}

/** Choosing a scheme is not worth a question. */
const isChanged = (initial: FormValues, values: FormValues): boolean =>
  diff({ ...initial, scheme: '' }, { ...values, scheme: '' }).length > 0;

/** Keep the form of a new workflow, or of changes to an existing one. What the user types survives a reload. */
export function useWorkflowForm(
  name: string,
  opened: { values: FormValues; etag: string | null },
): WorkflowForm {
  const { storage, restored } = useDraftStorage(name, storedFormSchema);
  const [initial] = useState(opened);
  const [start, setStart] = useState(restored);
  const form = useForm<FormValues, unknown, FormContent>({
    defaultValues: restored?.values ?? initial.values,
    resolver: zodResolver(contentSchema),
  });
  const { subscribe, getValues, reset } = form;
  const etag = start ? start.etag : initial.etag;

  useEffect(
    () =>
      subscribe({
        formState: { values: true },
        callback: () =>
          storage.schedule(() => {
            const values = getValues();
            return isChanged(initial.values, values) ? { values, etag } : null;
          }),
      }),
    [subscribe, getValues, storage, initial, etag],
  );

  return {
    ...form,
    etag,
    isRestored: start !== null,
    hasChanges: () => !storage.closed && isChanged(initial.values, getValues()),
    close: () => storage.close(),
    startOver: () => {
      reset(initial.values);
      setStart(null);
    },
  };
}
