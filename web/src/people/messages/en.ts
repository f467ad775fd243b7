const en = {
  title: 'People',
  picker: {
    placeholder: 'Find by name or email',
    filter: 'Find people',
    userPlaceholder: 'Find by name, email, or user ID',
    filterUsers: 'Find users',
    userId: 'User ID',
    hint: 'Type the beginning of a name or email',
    none: 'No one found',
    loading: 'Loading people',
    error: "Couldn't load people",
    remove: 'Remove {{name}}',
    selected: 'Selected',
  },
} as const;

export default en;
