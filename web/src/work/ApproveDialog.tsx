import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkflowSummary } from '../api/types';
import { countCharacters } from '../components/countCharacters';
import { nameOf, titleOf } from '../components/erased';
import { useFocusAfterClosing } from '../components/focusHeading';
import { KeyData } from './KeyData';
import { useApproveSeveral, type Outcome } from './queries';
import './work.css';

const MAX_COMMENT_LENGTH = 4_000;

interface Props {
  /** As the list shows them when the dialog opens: the approvals apply to these versions. */
  workflows: WorkflowSummary[];
  onClose: () => void;
}

/** Asks the user to confirm several approvals, and shows the outcome of each. */
export function ApproveDialog({ workflows, onClose }: Props) {
  const { t } = useTranslation('work');
  useFocusAfterClosing();
  const approvals = useApproveSeveral();
  const [comment, setComment] = useState('');
  const [outcomes, setOutcomes] = useState<ReadonlyMap<string, Outcome>>(new Map());
  const [isStopping, setIsStopping] = useState(false);
  const isDone = approvals.isSuccess || approvals.isError;
  const isTooLong = countCharacters(comment.trim()) > MAX_COMMENT_LENGTH;

  const send = () => {
    if (isTooLong) return;
    approvals.mutate({
      workflows,
      comment: comment.trim(),
      onOutcome: (workflowId, outcome) => setOutcomes((current) => new Map(current).set(workflowId, outcome)),
    });
  };
  const close = () => {
    // A request that was sent can't be canceled, so the dialog waits for its outcome.
    if (!approvals.isPending) onClose();
  };

  return (
    <Modal
      visible
      header={t('several.button', { count: workflows.length })}
      closeAriaLabel={t('several.close')}
      onDismiss={close}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            {approvals.isPending && (
              <Button
                disabled={isStopping}
                onClick={() => {
                  approvals.stop();
                  setIsStopping(true);
                }}
              >
                {isStopping ? t('several.stopping') : t('several.stop')}
              </Button>
            )}
            {!approvals.isPending && (
              <Button variant={isDone ? 'primary' : 'link'} onClick={close}>
                {isDone ? t('several.close') : t('several.cancel')}
              </Button>
            )}
            {!isDone && (
              <Button variant="primary" loading={approvals.isPending} onClick={send}>
                {t('several.confirm')}
              </Button>
            )}
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {!isDone && <Box>{t('several.description')}</Box>}
        {isDone && <Summary workflows={workflows} outcomes={outcomes} />}
        <ul className="several" aria-label={t('several.list')}>
          {workflows.map((workflow) => (
            <li key={workflow.workflowId}>
              <div>
                <Box variant="strong">{titleOf(workflow)}</Box> {nameOf(workflow.requester)}
              </div>
              <div>
                <KeyData workflow={workflow} />
              </div>
              {(approvals.isPending || isDone) && (
                <OutcomeText outcome={outcomes.get(workflow.workflowId)} isDone={isDone} />
              )}
            </li>
          ))}
        </ul>
        {!isDone && (
          <FormField
            label={
              <>
                {t('several.comment')} <i>{`- ${t('several.optional')}`}</i>
              </>
            }
            stretch
            errorText={isTooLong ? t('several.tooLong', { maximum: MAX_COMMENT_LENGTH }) : undefined}
          >
            <Textarea
              rows={3}
              value={comment}
              readOnly={approvals.isPending}
              onChange={({ detail }) => setComment(detail.value)}
            />
          </FormField>
        )}
      </SpaceBetween>
    </Modal>
  );
}

interface SummaryProps {
  workflows: WorkflowSummary[];
  outcomes: ReadonlyMap<string, Outcome>;
}

function Summary({ workflows, outcomes }: SummaryProps) {
  const { t } = useTranslation('work');
  const approved = [...outcomes.values()].filter(({ kind }) => kind === 'approved').length;
  return (
    <div role="status">
      <Alert type={approved === workflows.length ? 'success' : 'warning'}>
        {t('several.approved', { approved, count: workflows.length })}
      </Alert>
    </div>
  );
}

function OutcomeText({ outcome, isDone }: { outcome: Outcome | undefined; isDone: boolean }) {
  const { t } = useTranslation('work');
  if (!outcome) {
    return isDone ? (
      <StatusIndicator type="stopped">{t('several.left')}</StatusIndicator>
    ) : (
      <StatusIndicator type="pending">{t('several.waiting')}</StatusIndicator>
    );
  }
  return outcome.kind === 'approved' ? (
    <StatusIndicator type="success">{t('several.done')}</StatusIndicator>
  ) : (
    <StatusIndicator type="error">{outcome.problem.title}</StatusIndicator>
  );
}
