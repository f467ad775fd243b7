import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useApi } from '../api/ApiProvider';
import { workflowQuery, type VersionedWorkflow } from '../api/workflows';
import { titleOf } from '../components/erased';
import { QueryBoundary } from '../components/QueryBoundary';
import { DecisionDialog } from '../workflows/DecisionDialog';
import { DecidedBy } from './DecidedBy';

export interface PendingDecision {
  workflowId: string;
  action: 'APPROVE' | 'REJECT';
}

interface Props {
  decision: PendingDecision;
  onClose: () => void;
  /** Called after the service has recorded the decision, instead of `onClose`. */
  onDone?: () => void;
}

/** Fetches a workflow, shows what was requested, and asks for the decision. */
export function DecideDialog({ decision, onClose, onDone = onClose }: Props) {
  const query = useQuery({ ...workflowQuery(useApi(), decision.workflowId), staleTime: 0 });
  // The decision applies to what the dialog shows, so it needs the newest version.
  if (!query.isFetchedAfterMount || !query.data) {
    return <OtherDialog query={{ ...query, data: undefined }} onClose={onClose} />;
  }
  return <OpenedDialog action={decision.action} newest={query.data} onClose={onClose} onDone={onDone} />;
}

interface OpenedProps {
  action: PendingDecision['action'];
  newest: VersionedWorkflow;
  onClose: () => void;
  onDone: () => void;
}

function OpenedDialog({ action, newest, onClose, onDone }: OpenedProps) {
  const [review, setReview] = useState({ number: 1, version: newest, comment: '' });
  if (!isAllowed(review.version, action)) {
    return <OtherDialog query={{ data: newest, error: null, refetch: () => undefined }} onClose={onClose} />;
  }
  return (
    <DecisionDialog
      key={review.number}
      workflow={review.version}
      action={action}
      initialComment={review.comment}
      showsContent
      onClose={(comment) => {
        if (comment === undefined) onClose();
        else setReview(({ number }) => ({ number: number + 1, version: newest, comment }));
      }}
      onDone={onDone}
    />
  );
}

const isAllowed = ({ workflow }: VersionedWorkflow, action: PendingDecision['action']): boolean =>
  !workflow.contentErased && workflow.allowedActions.includes(action);

interface OtherProps {
  query: { data: VersionedWorkflow | undefined; error: Error | null; refetch: () => unknown };
  onClose: () => void;
}

/** While the workflow loads, and if it no longer waits for the user. */
function OtherDialog({ query, onClose }: OtherProps) {
  const { t } = useTranslation('work');
  return (
    <Modal
      visible
      header={query.data ? t('decide.header') : t('decide.loadingHeader')}
      closeAriaLabel={t('decide.close')}
      onDismiss={onClose}
      footer={
        <Box float="right">
          <Button onClick={onClose}>{t('decide.close')}</Button>
        </Box>
      }
    >
      <QueryBoundary query={query} label={t('preview.loading')}>
        {({ workflow }) => (
          <>
            <Box>{t('decide.text', { title: titleOf(workflow) })}</Box>
            <DecidedBy workflow={workflow} />
          </>
        )}
      </QueryBoundary>
    </Modal>
  );
}
