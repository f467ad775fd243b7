import type { StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import i18next from 'i18next';
import type { Erasure, Part } from '../api/types';
import { formatNumber } from '../i18n/format';

/** Return the parts as the beginning of a sentence, such as "Personal data and content". */
export function formatParts(parts: readonly Part[]): string {
  if (parts.includes('person') && parts.includes('content')) return i18next.t('erasure:parts.both');
  return parts.map((part) => i18next.t(`erasure:parts.${part}`)).join(', ');
}

interface StateLabel {
  label: string;
  indicator: StatusIndicatorProps.Type;
}

const INDICATORS = {
  REQUESTED: 'pending',
  RUNNING: 'in-progress',
  RECHECKING: 'in-progress',
  DONE: 'success',
  FAILED: 'error',
} as const;

const isKnown = (state: string): state is keyof typeof INDICATORS => Object.hasOwn(INDICATORS, state);

/** Return the label of an erasure's state. An unknown state is shown as it is. */
export const stateLabel = (state: string): StateLabel =>
  isKnown(state)
    ? { label: i18next.t(`erasure:states.${state}`), indicator: INDICATORS[state] }
    : { label: state, indicator: 'info' };

/** Whether an erasure still changes. */
export const isRunning = ({ state }: Pick<Erasure, 'state'>): boolean =>
  ['REQUESTED', 'RUNNING', 'RECHECKING'].includes(state);

/** Return a number of things, such as "1 record" or "1,234 records". */
export const formatAmount = (things: 'records' | 'workflows' | 'days' | 'years', count: number): string =>
  i18next.t(`erasure:${things}`, { count, number: formatNumber(count) });
