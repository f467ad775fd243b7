const en = {
  title: 'Workflow',
} as const;

export default en;
