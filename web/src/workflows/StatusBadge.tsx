import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { outcomeIndicator, outcomeLabel } from './labels';

/** Shows the status of a workflow, or the outcome of an action. */
export function StatusBadge({ status }: { status: string }) {
  return (
    <span className="status">
      <StatusIndicator type={outcomeIndicator(status)}>{outcomeLabel(status)}</StatusIndicator>
    </span>
  );
}
