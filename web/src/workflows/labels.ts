import type { StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { ActionType, Status } from '../api/types';

export const STATUS_LABELS: Record<Status, string> = {
  DRAFT: 'Draft',
  PENDING: 'Waiting for approval',
  APPROVED: 'Approved',
  REJECTED: 'Rejected',
};

export const STATUS_TYPES: Record<Status, StatusIndicatorProps.Type> = {
  DRAFT: 'stopped',
  PENDING: 'pending',
  APPROVED: 'success',
  REJECTED: 'error',
};

/** What somebody did, as the history says it. */
export const ACTION_LABELS: Record<ActionType, string> = {
  SAVE: 'Saved',
  REQUEST: 'Requested approval',
  APPROVE: 'Approved',
  REJECT: 'Rejected',
};

export const STATUSES = Object.keys(STATUS_LABELS) as Status[];
export const ACTION_TYPES = Object.keys(ACTION_LABELS) as ActionType[];
