const en = {
  time: { justNow: 'just now' },
} as const;

export default en;
