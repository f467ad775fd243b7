import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useParams } from 'react-router';
import type { ActionType } from '../api/types';
import { usePageTitle } from '../components/usePageTitle';
import { QueryBoundary } from '../components/QueryBoundary';
import { ActionButtons } from './ActionButtons';
import { ActionDialog } from './ActionDialog';
import { EditForm } from './EditForm';
import { HistoryTimeline } from './HistoryTimeline';
import { useWorkflow, type VersionedWorkflow } from './queries';
import { WorkflowSummaryPanels } from './WorkflowSummaryPanels';

/** One workflow: what it is, what happened, and what the person may do now. */
export default function WorkflowPage() {
  const { workflowId = '' } = useParams();
  const query = useWorkflow(workflowId);
  usePageTitle(query.data?.workflow.title ?? 'Workflow');
  return (
    <QueryBoundary query={query} what="the workflow">
      {(fetched) => <WorkflowDetails key={workflowId} fetched={fetched} />}
    </QueryBoundary>
  );
}

function WorkflowDetails({ fetched }: { fetched: VersionedWorkflow }) {
  const { workflow } = fetched;
  const [editing, setEditing] = useState(false);
  const [dialog, setDialog] = useState<Exclude<ActionType, 'SAVE'> | null>(null);

  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          actions={
            !editing && (
              <ActionButtons
                workflow={workflow}
                onEdit={() => setEditing(true)}
                onAct={(action) => setDialog(action)}
              />
            )
          }
        >
          {workflow.title}
        </Header>
      }
    >
      {editing ? (
        <EditForm fetched={fetched} onClose={() => setEditing(false)} />
      ) : (
        <SpaceBetween size="l">
          <WorkflowSummaryPanels workflow={workflow} />
          <HistoryTimeline workflowId={workflow.workflowId} />
        </SpaceBetween>
      )}
      {dialog && <ActionDialog actionType={dialog} fetched={fetched} onClose={() => setDialog(null)} />}
    </ContentLayout>
  );
}
