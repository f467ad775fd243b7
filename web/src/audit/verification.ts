import type { CheckState, Verification } from '../proof/types';

/** The verification of all pages that were fetched so far. */
export type CombinedVerification = Omit<Verification, 'cursor' | 'from' | 'to'> & {
  /** Number of events that were checked. */
  checkedEvents: number;
  isComplete: boolean;
};

/** Combine the pages of a verification. Each page is about its own range of events. */
export function combinePages(pages: Verification[]): CombinedVerification | null {
  const last = pages.at(-1);
  if (!last) return null;
  const { cursor, from: _from, to: _to, ...rest } = last;
  const names = Object.keys(last.checked) as (keyof Verification['checked'])[];
  const combined = names.map((name) => [name, combineStates(pages.map(({ checked }) => checked[name]))]);
  return {
    ...rest,
    verdict: pages.every(({ verdict }) => verdict === 'valid') ? 'valid' : 'invalid',
    checked: Object.fromEntries(combined) as Verification['checked'],
    checkedEvents: pages.reduce((sum, { from, to }) => sum + Math.max(0, to - from + 1), 0),
    findings: pages.flatMap(({ findings }) => findings),
    isComplete: cursor === null,
  };
}

function combineStates(states: CheckState[]): CheckState {
  if (states.includes('invalid')) return 'invalid';
  return states.includes('valid') ? 'valid' : 'not-checked';
}
