import i18next from 'i18next';

const erased = (): string => i18next.t('components:erased');

/** Return the title of a workflow, or that it was erased. */
export const titleOf = (workflow: { title: string; contentErased?: boolean }): string =>
  workflow.contentErased ? erased() : workflow.title;

/** Return the name of a person, or that it was erased. */
export const nameOf = (person: { name: string; erased?: boolean }): string =>
  person.erased ? erased() : person.name;
