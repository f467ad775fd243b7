import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'react-router';
import type { Workflow } from '../api/types';
import { nameOf, titleOf } from '../components/erased';
import { Loading } from '../components/Loading';
import { QueryBoundary } from '../components/QueryBoundary';
import { Timestamp } from '../components/Timestamp';
import { usePageTitle } from '../components/usePageTitle';
import { HoldPanel } from '../erasure/HoldPanel';
import { useUser } from '../session/SessionProvider';
import { canSearchAuditTrail, isAdmin } from '../session/user';
import { ActionButtons } from './ActionButtons';
import { ActionDialog, type ConfirmedAction } from './ActionDialog';
import { editDraftName, hasStoredDraft } from './draftStorage';
import { HistoryTimeline } from './HistoryTimeline';
import { useWorkflow, type VersionedWorkflow } from './queries';
import { RoundChanges } from './RoundChanges';
import { StatusBadge } from './StatusBadge';
import { WorkflowProof } from './WorkflowProof';
import { WorkflowSummaryPanels } from './WorkflowSummaryPanels';
import './workflows.css';

// Most users of the page only read.
const EditForm = lazy(() => import('./EditForm'));

/** One workflow: its data, its history, and the actions that the user can perform. */
export default function WorkflowPage() {
  const { t } = useTranslation('workflows');
  const { workflowId = '' } = useParams();
  const workflow = useWorkflow(workflowId);
  usePageTitle(workflow.data ? titleOf(workflow.data.workflow) : t('title'));
  return (
    <QueryBoundary query={workflow} label={t('theWorkflow')}>
      {(fetched) => <WorkflowDetails key={workflowId} fetched={fetched} />}
    </QueryBoundary>
  );
}

function WorkflowDetails({ fetched }: { fetched: VersionedWorkflow }) {
  const { workflow } = fetched;
  const user = useUser();
  // What the user typed before a reload is in the form.
  const [isEditing, setIsEditing] = useState(
    () =>
      workflow.allowedActions.includes('SAVE') &&
      hasStoredDraft(user.userId, editDraftName(workflow.workflowId)),
  );
  const [dialog, setDialog] = useState<ConfirmedAction | null>(null);
  const [keptComment, setKeptComment] = useState<{ action: ConfirmedAction; comment: string } | null>(null);

  return (
    <div className="workflow-page">
      <WorkflowHeader workflow={workflow} />
      {isEditing ? (
        <Suspense fallback={<Loading />}>
          <EditForm opened={fetched} onClose={() => setIsEditing(false)} />
        </Suspense>
      ) : (
        <>
          <ActionButtons workflow={workflow} onEdit={() => setIsEditing(true)} onAction={setDialog} />
          <SpaceBetween size="l">
            <RoundChanges workflow={workflow} />
            <WorkflowSummaryPanels workflow={workflow} />
            <WorkflowProof workflow={workflow} />
            {canSearchAuditTrail(user) && (
              <HoldPanel workflowId={workflow.workflowId} canEdit={isAdmin(user)} />
            )}
            <HistoryTimeline workflowId={workflow.workflowId} />
          </SpaceBetween>
        </>
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
    </div>
  );
}

function WorkflowHeader({ workflow }: { workflow: Workflow }) {
  const { t } = useTranslation('workflows');
  const { userId } = useUser();
  const { requester } = workflow;
  return (
    <header className="workflow-header">
      <div className="workflow-title">
        <Box variant="h1">{titleOf(workflow)}</Box>
        <span role="status" aria-label={t('page.status')}>
          <StatusBadge status={workflow.status} />
        </span>
      </div>
      <Box color="text-body-secondary">
        {t('page.from', { name: requester.userId === userId ? t('history.you') : nameOf(requester) })}
        {' · '}
        <Timestamp at={workflow.updatedAt} relative />
      </Box>
    </header>
  );
}
