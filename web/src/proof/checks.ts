/** What the browser found out about one property of a record or a workflow. */
export interface Check {
  /** What was checked, as a heading. */
  name: string;
  state: CheckState;
  /** A sentence: the result, and against what. */
  detail: string;
  /** The values that the check compared or computed, by label. */
  inputs?: Record<string, string>;
}

/**
 * `pending`: too new to be in the log, which is normal. `withheld` and `erased`: only the commitment is left for this
 * user. `not-checked`: something that the check needs isn't available.
 */
export type CheckState = 'passed' | 'failed' | 'pending' | 'withheld' | 'erased' | 'not-checked';

export type Verdict = 'verified' | 'pending' | 'failed';

/** Return the verdict on a list of checks. */
export function verdictOf(checks: Pick<Check, 'state'>[]): Verdict {
  if (checks.some(({ state }) => state === 'failed')) return 'failed';
  if (checks.some(({ state }) => state === 'pending')) return 'pending';
  return 'verified';
}

/** How long a record can be missing in the log. The log is extended every minute. */
export const SEALING_LIMIT_MS = 5 * 60_000;

/** Whether an event is so new that it might not be in the log yet. Clocks differ, so it can be in the future. */
export const isRecent = (occurredAt: string, now: Date): boolean =>
  Math.abs(now.getTime() - Date.parse(occurredAt)) < SEALING_LIMIT_MS;
