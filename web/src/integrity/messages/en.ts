const en = {
  title: 'Integrity',
} as const;

export default en;
