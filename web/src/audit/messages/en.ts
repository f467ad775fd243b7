const en = {
  title: 'Audit trail',
} as const;

export default en;
