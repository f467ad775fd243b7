const en = {
  title: 'Countersign',
} as const;

export default en;
