import i18next from 'i18next';
import { z } from 'zod';
import type { Scheme, SchemeDefinition } from '../api/types';
import { countCharacters } from '../components/countCharacters';

export const MAX_NAME_LENGTH = 100;
/** How many users and groups a step can have together. */
export const MAX_APPROVERS = 50;
const SCHEME_ID = /^[a-z0-9][a-z0-9-]{0,62}$/;

const person = z.object({ userId: z.string(), name: z.string().nullable() });

/** What the fields of the form contain. */
export const formSchema = z.object({
  schemeId: z.string(),
  name: z.string(),
  steps: z.array(
    z.object({
      stepId: z.string(),
      name: z.string(),
      people: z.array(person),
      groups: z.array(z.string()),
    }),
  ),
});
export type SchemeValues = z.infer<typeof formSchema>;
export type StepValues = SchemeValues['steps'][number];

/** What the form sends. */
export interface SchemeContent {
  schemeId: string;
  definition: SchemeDefinition;
}

function nameProblem(name: string): string | undefined {
  if (!name.trim()) return i18next.t('admin:form.missing');
  return countCharacters(name.trim()) > MAX_NAME_LENGTH
    ? i18next.t('admin:form.tooLong', { maximum: MAX_NAME_LENGTH })
    : undefined;
}

function approversProblem({ people, groups }: StepValues): string | undefined {
  const count = people.length + groups.length;
  if (count === 0) return i18next.t('admin:form.noApprovers');
  return count > MAX_APPROVERS
    ? i18next.t('admin:form.tooManyApprovers', { maximum: MAX_APPROVERS })
    : undefined;
}

/** Checks the fields, and turns them into what is sent. */
export const contentSchema = formSchema.transform((values, context): SchemeContent => {
  const issues: { path: (string | number)[]; message: string | undefined }[] = [
    {
      path: ['schemeId'],
      message: SCHEME_ID.test(values.schemeId) ? undefined : i18next.t('admin:form.invalidId'),
    },
    { path: ['name'], message: nameProblem(values.name) },
    ...values.steps.flatMap((step, index) => [
      { path: ['steps', index, 'name'], message: nameProblem(step.name) },
      { path: ['steps', index, 'people'], message: approversProblem(step) },
    ]),
  ];
  for (const { path, message } of issues) {
    if (message) context.addIssue({ code: 'custom', path, message });
  }
  return {
    schemeId: values.schemeId,
    definition: {
      name: values.name.trim(),
      steps: values.steps.map(({ stepId, name, people, groups }) => ({
        stepId,
        name: name.trim(),
        approvers: { users: people.map(({ userId }) => userId), groups },
      })),
    },
  };
});

/** A scheme has exactly one step in this release. */
export const emptyScheme = (): SchemeValues => ({
  schemeId: '',
  name: '',
  steps: [{ stepId: 'approval', name: i18next.t('admin:form.firstStep'), people: [], groups: [] }],
});

export const valuesOf = ({ schemeId, name, steps }: Scheme): SchemeValues => ({
  schemeId,
  name,
  steps: steps.map((step) => ({
    stepId: step.stepId,
    name: step.name,
    people: step.approvers.users.map(({ userId, name: userName }) => ({ userId, name: userName })),
    groups: [...step.approvers.groups],
  })),
});
