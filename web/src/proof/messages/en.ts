const en = {
  title: 'Proof',
} as const;

export default en;
