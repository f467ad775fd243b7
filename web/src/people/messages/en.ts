const en = {
  title: 'People',
  picker: {
    placeholder: 'Find by name or email',
    filter: 'Find people',
    hint: 'Type the beginning of a name or email',
    none: 'No one found',
    loading: 'Loading people',
    error: "Couldn't load people",
    remove: 'Remove {{name}}',
    selected: 'Selected',
  },
} as const;

export default en;
