/** What users see for a problem type of the API: the page docs/problems/<code>.md in two sentences. Without a detail, the service's is shown. */
const problems = {
  'admins-only': { title: 'Only admins can do this', detail: 'Ask an administrator.' },
  'already-approved': {
    title: 'This workflow is already approved',
    detail: "An approved workflow can't be changed.",
  },
  'already-pending': {
    title: 'This workflow is waiting for a decision',
    detail: 'You can change it after the approvers have decided.',
  },
  'auditors-only': {
    title: 'Only auditors and admins can do this',
    detail: 'Ask an administrator for access.',
  },
  'comment-missing': { title: 'A comment is missing', detail: 'Say why you reject the request.' },
  'content-erased': {
    title: 'The content of this workflow was erased',
    detail: "It can't be changed or decided anymore.",
  },
  'erasure-running': {
    title: 'An erasure of this user is running',
    detail: 'Wait until it has ended. The list shows its progress.',
  },
  'idempotency-key-reused': {
    title: 'The request was already sent with other content',
    detail: 'Reload the page, then try again.',
  },
  'internal-error': { title: 'Something went wrong in the service', detail: 'Try again later.' },
  'log-damaged': {
    title: "A part of the log can't be read",
    detail: '',
  },
  'no-such-scheme': { title: "This scheme doesn't exist", detail: 'Choose another one.' },
  'not-an-approver': {
    title: "You aren't an approver of this step",
    detail: 'The list of approvers might have changed.',
  },
  'not-pending': {
    title: "This workflow isn't waiting for a decision",
    detail: 'Someone might have decided it. Reload the page to see the latest version.',
  },
  'not-the-requester': {
    title: 'Only the requester can do this',
    detail: 'Ask the person who created the workflow.',
  },
  'own-request': { title: "You can't approve your own request", detail: 'Another approver has to decide.' },
  'search-unavailable': { title: "The search isn't available", detail: 'Try again in a few seconds.' },
  'store-unavailable': { title: "The service isn't available", detail: 'Try again in a few seconds.' },
  'people-unavailable': {
    title: "The list of people isn't available",
    detail: 'Try again in a few seconds.',
  },
  'too-busy': { title: 'Too many changes at once', detail: 'Try again in a few seconds.' },
  'too-large': { title: 'This is too large', detail: 'Data can have at most 128 KB.' },
  'unreadable-record': { title: 'This record is damaged', detail: '' },
  'version-stale': {
    title: 'This workflow has changed',
    detail: 'Someone else updated it while you were working. Review the latest version, then try again.',
  },
} as const;

const en = {
  problems,
  sessionEnded: { title: 'Your session has ended', detail: 'Sign in again to continue.' },
  changed: {
    title: 'This has changed',
    detail: 'Someone else updated it while you were working. Review the latest version, then try again.',
  },
  tooManyRequests: { title: 'Too many requests', detail: 'Wait a moment, then try again.' },
  status: 'The service returned status {{status}}',
  timeout: 'Countersign is taking too long to respond',
  noConnection: "Can't connect to Countersign",
  checkConnection: 'Check your connection, then try again.',
  filesMissing: {
    title: "A part of the console can't be loaded",
    detail: 'Check your connection, then reload the page.',
  },
  bug: {
    title: 'This is a bug in the console',
    detail: 'Reload the page. If it happens again, report it with this message: {{message}}',
  },
} as const;

export default en;
