const en = {
  title: 'Configuration',
} as const;

export default en;
