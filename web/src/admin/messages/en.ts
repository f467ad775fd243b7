const en = {
  title: 'Administration',
} as const;

export default en;
