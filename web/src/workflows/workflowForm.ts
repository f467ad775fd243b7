import i18next from 'i18next';
import { z } from 'zod';
import type { Workflow, WorkflowData } from '../api/types';
import { countCharacters } from '../components/countCharacters';
import { commentProblem } from './comments';
import { dataDraftSchema, draftFromData, emptyDraft, parseDraft } from './dataDraft';

export const MAX_TITLE_LENGTH = 200;

/** What the fields of the form contain. */
export const formSchema = dataDraftSchema.extend({
  scheme: z.string(),
  title: z.string(),
  comment: z.string(),
});
export type FormValues = z.infer<typeof formSchema>;

/** What the form sends. */
export interface FormContent {
  scheme: string;
  title: string;
  data: WorkflowData;
  comment: string;
}

function titleProblem(title: string): string | undefined {
  if (!title.trim()) return i18next.t('workflows:form.titleMissing');
  return countCharacters(title.trim()) > MAX_TITLE_LENGTH
    ? i18next.t('workflows:tooLong', { maximum: MAX_TITLE_LENGTH })
    : undefined;
}

/** Checks the fields, and turns them into what is sent. */
export const contentSchema = formSchema.transform((values, context): FormContent => {
  const issues = [
    { path: ['scheme'], message: values.scheme ? undefined : i18next.t('workflows:form.schemeMissing') },
    { path: ['title'], message: titleProblem(values.title) },
    { path: ['comment'], message: commentProblem(values.comment) },
  ];
  const parsed = parseDraft(values);
  for (const { path, message } of parsed.ok ? issues : [...issues, ...parsed.issues]) {
    if (message) context.addIssue({ code: 'custom', path, message });
  }
  return {
    scheme: values.scheme,
    title: values.title.trim(),
    data: parsed.ok ? parsed.data : {},
    comment: values.comment.trim(),
  };
});

export const emptyForm = (): FormValues => ({ ...emptyDraft(), scheme: '', title: '', comment: '' });

export const formFor = ({
  scheme,
  title,
  data,
}: Pick<Workflow, 'scheme' | 'title' | 'data'>): FormValues => ({
  ...draftFromData(data),
  scheme,
  title,
  comment: '',
});
