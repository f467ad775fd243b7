const en = {
  title: 'Erasure and retention',
} as const;

export default en;
