const en = {
  title: 'Sign in',
} as const;

export default en;
