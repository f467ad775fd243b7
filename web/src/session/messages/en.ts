const en = {
  title: 'Sign in',
  tagline: 'Approval workflows with a verifiable audit trail',
  product: 'Countersign',
  signedOut: {
    header: 'You are signed out',
    text: 'All tabs of this browser are signed out.',
    signIn: 'Sign in',
  },
  failed: {
    header: "We couldn't sign you in",
    text: 'Sign in again. If that fails too, contact your administrator.',
    details: 'Details: {{message}}',
  },
  expired: {
    header: 'Your session has ended',
    text: 'Sign in again to continue. You return to this page.',
    signIn: 'Sign in again',
    close: 'Close',
  },
  offline: "You're offline. What you see might be out of date, and you can't make changes.",
  reloaded: 'Countersign was updated, so the page was loaded again.',
} as const;

export default en;
