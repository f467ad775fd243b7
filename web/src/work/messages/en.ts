const en = {
  title: 'Work',
} as const;

export default en;
