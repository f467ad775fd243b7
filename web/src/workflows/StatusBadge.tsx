import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { Status } from '../api/types';
import { STATUS_TYPES, STATUS_LABELS } from './labels';

export function StatusBadge({ status }: { status: Status }) {
  return (
    <span className="status">
      <StatusIndicator type={STATUS_TYPES[status]}>{STATUS_LABELS[status]}</StatusIndicator>
    </span>
  );
}
