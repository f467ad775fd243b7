import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ActionType, Workflow } from '../api/types';

interface Props {
  workflow: Workflow;
  onEdit: () => void;
  onAct: (action: Exclude<ActionType, 'SAVE'>) => void;
}

/** The actions that the service allows this person now; nothing else is offered. */
export function ActionButtons({ workflow, onEdit, onAct }: Props) {
  const may = (action: ActionType) => workflow.allowedActions.includes(action);
  return (
    <SpaceBetween direction="horizontal" size="xs">
      <Button href={`#/workflows/${workflow.workflowId}/verification`} iconName="security">
        Verify history
      </Button>
      {may('SAVE') && <Button onClick={onEdit}>Edit</Button>}
      {may('REQUEST') && (
        <Button variant="primary" onClick={() => onAct('REQUEST')}>
          {workflow.status === 'REJECTED' ? 'Resubmit' : 'Request approval'}
        </Button>
      )}
      {may('REJECT') && <Button onClick={() => onAct('REJECT')}>Reject</Button>}
      {may('APPROVE') && (
        <Button variant="primary" onClick={() => onAct('APPROVE')}>
          Approve
        </Button>
      )}
    </SpaceBetween>
  );
}
