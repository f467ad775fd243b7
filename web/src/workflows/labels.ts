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

/** What the audit service itself records. */
const AUDIT_ACTION_LABELS = {
  ERASE: 'Erased data',
  HOLD: 'Placed a legal hold',
  RELEASE: 'Released a legal hold',
  SET_RETENTION: 'Set a retention period',
};

const AUDIT_OUTCOME_LABELS = { ERASED: 'Erased', HELD: 'Held', RELEASED: 'Released', SET: 'Set' };

export const OUTCOMES = Object.keys(OUTCOME_LABELS) as Outcome[];
export const ACTION_TYPES = Object.keys(ACTION_LABELS) as ActionType[];
export const AUDIT_ACTION_TYPES = Object.keys(AUDIT_ACTION_LABELS);
export const AUDIT_OUTCOMES = Object.keys(AUDIT_OUTCOME_LABELS);

// A service can have more action types and outcomes than this version of the console: they are shown as they are.
const lookUp = <Value>(values: Record<string, Value>, key: string, fallback: Value): Value =>
  Object.hasOwn(values, key) ? (values[key] as Value) : fallback;

/** Return the label of a workflow status or of the outcome of an action. */
export const outcomeLabel = (outcome: string): string =>
  lookUp<string>({ ...OUTCOME_LABELS, ...AUDIT_OUTCOME_LABELS }, outcome, outcome);

export const outcomeIndicator = (outcome: string): StatusIndicatorProps.Type =>
  lookUp<StatusIndicatorProps.Type>(OUTCOME_INDICATORS, outcome, 'info');

/** Return what someone did, in the past tense. */
export const actionLabel = (actionType: string): string =>
  lookUp<string>({ ...ACTION_LABELS, ...AUDIT_ACTION_LABELS }, actionType, actionType);

export const actionIndicator = (actionType: string): StepsProps.Status =>
  lookUp<StepsProps.Status>(ACTION_INDICATORS, actionType, 'info');
