import type { StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { StepsProps } from '@cloudscape-design/components/steps';
import type { ActionType, Outcome } from '../api/types';

const OUTCOME_LABELS: Record<Outcome, string> = {
  DRAFT: 'Draft',
  PENDING: 'Waiting for approval',
  APPROVED: 'Approved',
  REJECTED: 'Rejected',
};

const OUTCOME_INDICATORS: Record<Outcome, StatusIndicatorProps.Type> = {
  DRAFT: 'stopped',
  PENDING: 'pending',
  APPROVED: 'success',
  REJECTED: 'error',
};

const ACTION_LABELS: Record<ActionType, string> = {
  SAVE: 'Saved',
  REQUEST: 'Requested approval',
  APPROVE: 'Approved',
  REJECT: 'Rejected',
};

const ACTION_INDICATORS: Record<ActionType, StepsProps.Status> = {
  SAVE: 'stopped',
  REQUEST: 'info',
  APPROVE: 'success',
  REJECT: 'error',
};

export const OUTCOMES = Object.keys(OUTCOME_LABELS) as Outcome[];
export const ACTION_TYPES = Object.keys(ACTION_LABELS) as ActionType[];

// A service can have more action types and outcomes than this version of the console: they are shown as they are.
const lookUp = <Value>(values: Record<string, Value>, key: string, fallback: Value): Value =>
  Object.hasOwn(values, key) ? (values[key] as Value) : fallback;

/** Return the label of a workflow status or of the outcome of an action. */
export const outcomeLabel = (outcome: string): string => lookUp(OUTCOME_LABELS, outcome, outcome);

export const outcomeIndicator = (outcome: string): StatusIndicatorProps.Type =>
  lookUp<StatusIndicatorProps.Type>(OUTCOME_INDICATORS, outcome, 'info');

/** Return what someone did, in the past tense. */
export const actionLabel = (actionType: string): string => lookUp(ACTION_LABELS, actionType, actionType);

export const actionIndicator = (actionType: string): StepsProps.Status =>
  lookUp<StepsProps.Status>(ACTION_INDICATORS, actionType, 'info');
