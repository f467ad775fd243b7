import type { StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { StepsProps } from '@cloudscape-design/components/steps';
import i18next from 'i18next';
import type { ActionType, Outcome } from '../api/types';
import en from './messages/en';

const OUTCOME_INDICATORS: Record<Outcome, StatusIndicatorProps.Type> = {
  DRAFT: 'stopped',
  PENDING: 'pending',
  APPROVED: 'success',
  REJECTED: 'error',
};

const ACTION_INDICATORS: Record<ActionType, StepsProps.Status> = {
  SAVE: 'stopped',
  REQUEST: 'info',
  APPROVE: 'success',
  REJECT: 'error',
};

export const OUTCOMES = Object.keys(OUTCOME_INDICATORS) as Outcome[];
export const ACTION_TYPES = Object.keys(ACTION_INDICATORS) as ActionType[];
/** What the audit service itself records. */
export const AUDIT_ACTION_TYPES = ['ERASE', 'HOLD', 'RELEASE', 'SET_RETENTION'];
export const AUDIT_OUTCOMES = ['ERASED', 'HELD', 'RELEASED', 'SET'];

const isOutcome = (outcome: string): outcome is keyof typeof en.outcome => Object.hasOwn(en.outcome, outcome);
const isActionType = (actionType: string): actionType is keyof typeof en.did =>
  Object.hasOwn(en.did, actionType);

// A service can have more action types and outcomes than this version of the console: they are shown as they are.
const lookUp = <Value>(values: Record<string, Value>, key: string, fallback: Value): Value =>
  Object.hasOwn(values, key) ? (values[key] as Value) : fallback;

/** Return the label of a workflow status or of the outcome of an action. */
export const outcomeLabel = (outcome: string): string =>
  isOutcome(outcome) ? i18next.t(`workflows:outcome.${outcome}`) : outcome;

export const outcomeIndicator = (outcome: string): StatusIndicatorProps.Type =>
  lookUp<StatusIndicatorProps.Type>(OUTCOME_INDICATORS, outcome, 'info');

/** Return what someone did, in the past tense. */
export const actionLabel = (actionType: string): string =>
  isActionType(actionType) ? i18next.t(`workflows:did.${actionType}`) : actionType;

export const actionIndicator = (actionType: string): StepsProps.Status =>
  lookUp<StepsProps.Status>(ACTION_INDICATORS, actionType, 'info');
