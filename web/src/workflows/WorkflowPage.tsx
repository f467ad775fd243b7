import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useParams } from 'react-router';
import { titleOf } from '../components/erased';
import { QueryBoundary } from '../components/QueryBoundary';
import { usePageTitle } from '../components/usePageTitle';
import { HoldPanel } from '../erasure/HoldPanel';
import { useUser } from '../session/SessionProvider';
import { canSearchAuditTrail, isAdmin } from '../session/user';
import { ActionButtons } from './ActionButtons';
import { ActionDialog, type ConfirmedAction } from './ActionDialog';
import { EditForm } from './EditForm';
import { HistoryTimeline } from './HistoryTimeline';
import { useWorkflow, type VersionedWorkflow } from './queries';
import { WorkflowProof } from './WorkflowProof';
import { WorkflowSummaryPanels } from './WorkflowSummaryPanels';

/** One workflow: its data, its history, and the actions that the user can perform. */
export default function WorkflowPage() {
  const { workflowId = '' } = useParams();
  const workflow = useWorkflow(workflowId);
  usePageTitle(workflow.data ? titleOf(workflow.data.workflow) : 'Workflow');
  return (
    <QueryBoundary query={workflow} label="the workflow">
      {(fetched) => <WorkflowDetails key={workflowId} fetched={fetched} />}
    </QueryBoundary>
  );
}

function WorkflowDetails({ fetched }: { fetched: VersionedWorkflow }) {
  const { workflow } = fetched;
  const user = useUser();
  const [isEditing, setIsEditing] = useState(false);
  const [dialog, setDialog] = useState<ConfirmedAction | null>(null);
  const [keptComment, setKeptComment] = useState<{ action: ConfirmedAction; comment: string } | null>(null);

  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          actions={
            !isEditing && (
              <ActionButtons workflow={workflow} onEdit={() => setIsEditing(true)} onAction={setDialog} />
            )
          }
        >
          {titleOf(workflow)}
        </Header>
      }
    >
      {isEditing ? (
        <EditForm opened={fetched} onClose={() => setIsEditing(false)} />
      ) : (
        <SpaceBetween size="l">
          <WorkflowProof workflow={workflow} />
          {canSearchAuditTrail(user) && (
            <HoldPanel workflowId={workflow.workflowId} canEdit={isAdmin(user)} />
          )}
          <WorkflowSummaryPanels workflow={workflow} />
          <HistoryTimeline workflowId={workflow.workflowId} />
        </SpaceBetween>
      )}
      {dialog && (
        <ActionDialog
          actionType={dialog}
          opened={fetched}
          initialComment={keptComment?.action === dialog ? keptComment.comment : ''}
          onClose={(comment) => {
            setKeptComment(comment === undefined ? null : { action: dialog, comment });
            setDialog(null);
          }}
        />
      )}
    </ContentLayout>
  );
}
