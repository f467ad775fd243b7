import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import { Comment } from '../components/Comment';
import { nameOf } from '../components/erased';
import { ErasedNote } from '../components/ErasedNote';
import { QueryBoundary } from '../components/QueryBoundary';
import { Timestamp } from '../components/Timestamp';
import { useSchemeName } from '../schemes/useSchemes';
import { useUser } from '../session/SessionProvider';
import { DataView } from '../workflows/DataView';
import { useHistory, useWorkflow, type VersionedWorkflow } from '../workflows/queries';
import { StatusBadge } from '../workflows/StatusBadge';
import { DecidedBy } from './DecidedBy';
import './work.css';

type Decision = 'APPROVE' | 'REJECT';

interface Props {
  workflowId: string;
  onDecide: (action: Decision) => void;
}

/** Shows what was requested, and lets the user decide. */
export function WorkPreview({ workflowId, onDecide }: Props) {
  const { t } = useTranslation('work');
  const workflow = useWorkflow(workflowId);
  return (
    <QueryBoundary query={workflow} label={t('preview.loading')}>
      {(fetched) => <Content fetched={fetched} onDecide={onDecide} />}
    </QueryBoundary>
  );
}

function Content({ fetched, onDecide }: { fetched: VersionedWorkflow; onDecide: Props['onDecide'] }) {
  const { t } = useTranslation('work');
  const schemeName = useSchemeName();
  const { userId } = useUser();
  const { workflow } = fetched;
  const { workflowId, requester } = workflow;
  const comment = useRequestComment(workflowId);
  const isAllowed = (action: Decision) => !workflow.contentErased && workflow.allowedActions.includes(action);
  return (
    <div className="preview">
      <SpaceBetween size="l">
        <SpaceBetween direction="horizontal" size="xs">
          {isAllowed('APPROVE') && (
            <Button variant="primary" onClick={() => onDecide('APPROVE')}>
              {t('preview.approve')}
            </Button>
          )}
          {isAllowed('REJECT') && <Button onClick={() => onDecide('REJECT')}>{t('preview.reject')}</Button>}
          <Button href={`#/workflows/${workflowId}`}>{t('preview.open')}</Button>
        </SpaceBetween>
        <KeyValuePairs
          columns={2}
          items={[
            { label: t('preview.status'), value: <StatusBadge status={workflow.status} /> },
            {
              label: t('preview.requester'),
              value: requester.userId === userId ? t('you') : nameOf(requester),
            },
            { label: t('preview.requested'), value: <Timestamp at={workflow.updatedAt} relative /> },
            { label: t('preview.scheme'), value: schemeName(workflow.scheme) },
          ]}
        />
        <DecidedBy workflow={workflow} />
        {comment && (
          <div>
            <Box variant="awsui-key-label">{t('preview.comment')}</Box>
            <Comment>{comment}</Comment>
          </div>
        )}
        <div>
          <Header variant="h3">{t('preview.data')}</Header>
          {workflow.contentErased ? (
            <ErasedNote>{t('preview.erased')}</ErasedNote>
          ) : (
            <DataView data={workflow.data} columns={1} />
          )}
        </div>
      </SpaceBetween>
    </div>
  );
}

/** Return the comment of the newest request for approval. */
function useRequestComment(workflowId: string): string | null | undefined {
  const { data } = useHistory(workflowId);
  return data?.items.findLast(({ actionType }) => actionType === 'REQUEST')?.comment;
}
