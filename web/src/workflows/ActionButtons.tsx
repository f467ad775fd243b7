import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ActionType, Workflow } from '../api/types';
import type { ConfirmedAction } from './ActionDialog';

interface Props {
  workflow: Workflow;
  onEdit: () => void;
  onAction: (action: ConfirmedAction) => void;
}

/** Offers the actions that the service allows the user now. */
export function ActionButtons({ workflow, onEdit, onAction }: Props) {
  const isAllowed = (action: ActionType) =>
    !workflow.contentErased && workflow.allowedActions.includes(action);
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Button href={`#/workflows/${workflow.workflowId}/verification`} iconName="security">
        Verify history
      </Button>
      {isAllowed('SAVE') && <Button onClick={onEdit}>Edit</Button>}
      {isAllowed('REQUEST') && (
        <Button variant="primary" onClick={() => onAction('REQUEST')}>
          {workflow.status === 'REJECTED' ? 'Resubmit' : 'Request approval'}
        </Button>
      )}
      {isAllowed('REJECT') && <Button onClick={() => onAction('REJECT')}>Reject</Button>}
      {isAllowed('APPROVE') && (
        <Button variant="primary" onClick={() => onAction('APPROVE')}>
          Approve
        </Button>
      )}
    </SpaceBetween>
  );
}
