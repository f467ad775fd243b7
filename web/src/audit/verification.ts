import type { VerificationState, Verification } from '../api/types';

/** The verification of all pages that were fetched so far. */
export type CombinedVerification = Omit<Verification, 'cursor' | 'from' | 'to'> & {
  /** Whether these are all pages. */
  isComplete: boolean;
  /** The sequence of the newest readable record; 0 without one. */
  lastSequence: number;
};

/** The verification of a workflow of which the audit trail has nothing. */
export const NOTHING_RECORDED: CombinedVerification = {
  workflowId: '',
  verdict: 'valid',
  events: 0,
  sealed: 0,
  pending: 0,
  headHash: null,
  checked: {
    chain: 'not-checked',
    commitments: 'not-checked',
    inclusion: 'not-checked',
    checkpoint: 'not-checked',
    attestedState: 'not-checked',
  },
  attested: null,
  checkpoint: null,
  findings: [],
  isComplete: true,
  lastSequence: 0,
};

/** Combine the pages of a verification. Each page is about its own range of events. */
export function combinePages(pages: Verification[]): CombinedVerification | null {
  const last = pages.at(-1);
  if (!last) return null;
  const total = (count: (page: Verification) => number) => pages.reduce((sum, page) => sum + count(page), 0);
  const checks = Object.keys(last.checked) as (keyof Verification['checked'])[];
  const combined = checks.map((name) => [name, combineStates(pages.map(({ checked }) => checked[name]))]);
  return {
    workflowId: last.workflowId,
    verdict: pages.every(({ verdict }) => verdict === 'valid') ? 'valid' : 'invalid',
    events: total(({ events }) => events),
    sealed: total(({ sealed }) => sealed),
    pending: total(({ pending }) => pending),
    headHash: newest(pages, ({ headHash }) => headHash),
    checked: Object.fromEntries(combined) as Verification['checked'],
    attested: newest(pages, ({ attested }) => attested),
    checkpoint: newest(pages, ({ checkpoint }) => checkpoint),
    findings: pages.flatMap(({ findings }) => findings),
    isComplete: last.cursor === null,
    lastSequence: Math.max(0, ...pages.map(({ to }) => to ?? 0)),
  };
}

/** The value of the last page that has one. */
const newest = <Value>(pages: Verification[], read: (page: Verification) => Value | null): Value | null =>
  pages.reduce<Value | null>((value, page) => read(page) ?? value, null);

function combineStates(states: VerificationState[]): VerificationState {
  if (states.includes('invalid')) return 'invalid';
  return states.includes('valid') ? 'valid' : 'not-checked';
}
