const en = {
  title: 'Notifications',
} as const;

export default en;
