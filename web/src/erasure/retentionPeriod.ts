import type { Retention, Scheme } from '../api/types';
import { formatAmount } from './labels';

export const MAX_DAYS = 36_500;
const DAYS_PER_YEAR = 365;

/** Return a number of days, with the years if it is a whole number of them: "2,555 days (7 years)". */
export function formatDays(days: number): string {
  const years = days / DAYS_PER_YEAR;
  const note = days > 0 && Number.isInteger(years) ? ` (${formatAmount('years', years)})` : '';
  return `${formatAmount('days', days)}${note}`;
}

/** Read the days that a user entered, or return null. */
export function parseDays(text: string): number | null {
  const digits = text.trim();
  const days = Number(digits);
  return /^\d+$/.test(digits) && days >= 1 && days <= MAX_DAYS ? days : null;
}

/** A scheme with the retention period that applies to it. */
export interface RetentionRow {
  scheme: string;
  name: string;
  days: number;
  isDefault: boolean;
  /** Who set the period, and when; undefined for the default. */
  changed: { by: string; at: string } | undefined;
}

/** Return one row for each scheme, also for schemes that have a period and no longer exist. */
export function retentionRows(
  { defaultDays, schemes: policies }: Retention,
  schemes: Pick<Scheme, 'schemeId' | 'name'>[],
): RetentionRow[] {
  const names = new Map(schemes.map(({ schemeId, name }) => [schemeId, name]));
  const ids = new Set([...names.keys(), ...policies.map(({ scheme }) => scheme)]);
  return [...ids].map((scheme) => {
    const policy = policies.find((each) => each.scheme === scheme);
    return {
      scheme,
      name: names.get(scheme) ?? scheme,
      days: policy?.days ?? defaultDays,
      isDefault: !policy,
      changed: policy && { by: policy.by, at: policy.at },
    };
  });
}
