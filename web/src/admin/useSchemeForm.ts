import { zodResolver } from '@hookform/resolvers/zod';
import diff from 'microdiff';
import { useEffect, useState } from 'react';
import { useForm, type Control } from 'react-hook-form';
import { z } from 'zod';
import { useDraftStorage } from '../workflows/draftStorage';
import { contentSchema, formSchema, type SchemeContent, type SchemeValues } from './schemeForm';

export type SchemeControl = Control<SchemeValues, unknown, SchemeContent>;

/** What a form starts with: its fields, and the version of the scheme that they change. Null for a new scheme. */
const startSchema = z.object({ values: formSchema, base: z.number().int().positive().nullable() });
type Start = z.infer<typeof startSchema>;

/** Keep the form of a scheme. What the user types survives a reload and a change by someone else. */
export function useSchemeForm(name: string, opened: Start) {
  const { storage, restored } = useDraftStorage(name, startSchema);
  const [initial, setInitial] = useState(opened);
  const [isRestored, setIsRestored] = useState(restored !== null);
  const [base, setBase] = useState(restored ? restored.base : opened.base);
  const form = useForm<SchemeValues, unknown, SchemeContent>({
    defaultValues: restored?.values ?? opened.values,
    resolver: zodResolver(contentSchema),
  });
  const { subscribe, getValues, reset } = form;
  const isChanged = (values: SchemeValues) => diff(initial.values, values).length > 0;

  useEffect(
    () =>
      subscribe({
        formState: { values: true },
        callback: () =>
          storage.schedule(() => {
            const values = getValues();
            return diff(initial.values, values).length > 0 ? { values, base } : null;
          }),
      }),
    [subscribe, getValues, storage, initial, base],
  );

  return {
    ...form,
    /** The version that the next save follows. */
    base,
    /** Let the next save follow another version, with what the user typed. */
    rebase: setBase,
    isRestored,
    hasChanges: () => !storage.closed && isChanged(getValues()),
    /** Forget what the user typed, because it was sent or discarded. */
    close: () => storage.close(),
    /** Show the content of a version, without what the user typed. */
    replace: (start: Start) => {
      reset(start.values);
      setInitial(start);
      setBase(start.base);
      setIsRestored(false);
    },
    /** Show again what the form was opened with. */
    startOver: () => {
      reset(initial.values);
      setBase(initial.base);
      setIsRestored(false);
    },
  };
}

export type SchemeForm = ReturnType<typeof useSchemeForm>;
