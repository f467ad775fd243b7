const en = {
  title: 'Countersign',
  skip: 'Skip to the main content',
  menu: {
    navigation: 'Menu',
    open: 'Open menu',
    close: 'Close menu',
    work: 'Work',
    create: 'Create workflow',
    audit: 'Audit trail',
    integrity: 'Integrity',
    erasure: 'Erasure and retention',
    count_one: '{{label}} ({{count}} workflow)',
    count_other: '{{label}} ({{count}} workflows)',
  },
  account: {
    label: 'Account of {{name}}',
    stage: '{{email}} (stage: {{stage}})',
    signOut: 'Sign out',
  },
  settings: {
    label: 'Language and appearance',
    language: 'Language',
    appearance: 'Appearance',
    theme: { system: 'Same as the system', light: 'Light', dark: 'Dark' },
  },
  messages: {
    label: 'Messages',
    all: 'View all messages',
    info: 'Info',
    success: 'Success',
    warning: 'Warning',
    error: 'Error',
    inProgress: 'In progress',
  },
  panels: {
    label: 'Panels',
    close: 'Close panel',
    open: 'Open panel',
    resize: 'Resize panel',
    notifications: 'Notifications',
    notificationsOpen: 'Notifications panel',
    notificationsClose: 'Close notifications',
  },
  notFound: {
    header: 'Page not found',
    text: 'Check the address, or start from Work.',
    action: 'Go to Work',
  },
  error: { reload: 'Reload' },
} as const;

export default en;
