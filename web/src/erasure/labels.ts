import type { StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { Erasure, Part } from '../api/types';

const PART_LABELS: Record<Part, string> = { person: 'personal data', content: 'content' };

/** Return the parts as the beginning of a sentence, such as "Personal data and content". */
export function formatParts(parts: readonly Part[]): string {
  const text = parts.map((part) => PART_LABELS[part]).join(' and ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

interface StateLabel {
  label: string;
  indicator: StatusIndicatorProps.Type;
}

const STATES: Record<string, StateLabel> = {
  REQUESTED: { label: 'Requested', indicator: 'pending' },
  RUNNING: { label: 'Erasing', indicator: 'in-progress' },
  RECHECKING: { label: 'Checking for late records', indicator: 'in-progress' },
  DONE: { label: 'Done', indicator: 'success' },
  FAILED: { label: 'Failed', indicator: 'error' },
};

/** Return the label of an erasure's state. An unknown state is shown as it is. */
export const stateLabel = (state: string): StateLabel =>
  Object.hasOwn(STATES, state) && STATES[state] ? STATES[state] : { label: state, indicator: 'info' };

/** Whether an erasure still changes. */
export const isRunning = ({ state }: Pick<Erasure, 'state'>): boolean =>
  ['REQUESTED', 'RUNNING', 'RECHECKING'].includes(state);

/** Return "1 record" or "1,234 records". */
export function formatNumber(count: number, singular: string, plural = `${singular}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? singular : plural}`;
}
