/** What each finding means. The codes are those of the verification API and of `countersign-verify`. */
const FINDINGS: Record<string, string> = {
  'hash-mismatch': "The record was changed: its hash doesn't match its text.",
  'previous-hash-mismatch': "The record doesn't contain the hash of the event before it.",
  'event-id-mismatch': 'The record is stored under the ID of another event.',
  'wrong-workflow': 'The record belongs to another workflow.',
  missing: 'The record of this event is missing.',
  'missing-tail': 'The newest events of the workflow are missing.',
  fork: 'There are two records for the same position.',
  rewritten: 'The record differs from its entry in the log: it was rewritten.',
  unattested: 'The workflow service never attested this event: it might be forged.',
  unreadable: 'The stored record is damaged.',
  'person-mismatch': "The person was changed: it isn't what the record commits to.",
  'content-mismatch': "The content was changed: it isn't what the record commits to.",
  'removed-without-erasure': 'A part of the record was removed without an erasure event.',
  'state-mismatch': "The state of the workflow isn't what its events led to.",
  'not-sealed': 'The record is not in the log, although it is old enough to be.',
  'checkpoint-invalid': 'The checkpoint of the log is not valid.',
  'position-mismatch':
    'The table had another position in the log for this entry than the log itself. It is corrected.',
  'manifest-mismatch': "A manifest of the workflow service doesn't match the log or the manifest before it.",
};

/** Return a sentence for a finding, or an empty text for a code that this version of the console doesn't know. */
export const findingSentence = (code: string): string =>
  Object.hasOwn(FINDINGS, code) ? (FINDINGS[code] ?? '') : '';
