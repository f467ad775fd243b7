const en = {
  time: { justNow: 'just now' },
  cancel: 'Cancel',
  close: 'Close',
  dismiss: 'Dismiss',
  tryAgain: 'Try again',
  alreadyRecorded: "Your action might already be recorded. It's safe to try again.",
  outcomeUnknown: '{{problem}}. Check whether your action was recorded before you try again.',
  outcomeFailed: '{{problem}}. {{detail}}',
  erased: 'Erased',
  loadMore: 'Load more',
  loadingMore: 'Loading more',
  loading: 'Loading',
  loadingItem: 'Loading {{item}}',
  reference: 'Reference for support: {{reference}}',
  notAvailable: {
    title: "You can't view {{item}}",
    detail: "It doesn't exist, or you don't have access to it. Check the address.",
    action: 'Go to Work',
  },
  reason: {
    label: 'Reason',
    description: "Recorded in the audit trail. Don't enter personal data: it can't be erased.",
    missing: 'Enter a reason.',
    tooLong: 'Use at most {{maximum}} characters.',
  },
  changes: {
    field: 'Field',
    before: 'Before',
    after: 'After',
    added: 'added',
    removed: 'removed',
    changed: 'changed',
    none: 'Nothing changed',
  },
  characters: '{{count}} of {{maximum}} characters',
} as const;

export default en;
