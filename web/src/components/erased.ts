export const ERASED = 'Erased';

/** Return the title of a workflow, or that it was erased. */
export const titleOf = (workflow: { title: string; contentErased?: boolean }): string =>
  workflow.contentErased ? ERASED : workflow.title;

/** Return the name of a person, or that it was erased. */
export const nameOf = (person: { name: string; erased?: boolean }): string =>
  person.erased ? ERASED : person.name;
