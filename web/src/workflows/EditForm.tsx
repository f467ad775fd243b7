import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Form from '@cloudscape-design/components/form';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toProblem } from '../api/problem';
import { ProblemAlert } from '../components/ProblemAlert';
import { useIsMounted } from '../components/useIsMounted';
import { DataPanel } from './DataPanel';
import { editDraftName } from './draftStorage';
import { LeaveDialog, LeaveGuard } from './LeaveGuard';
import type { VersionedWorkflow } from './queries';
import { RestoredNote } from './RestoredNote';
import { CommentField, TitleField } from './TextFields';
import { usePerformAction } from './usePerformAction';
import { useWorkflowForm } from './useWorkflowForm';
import { formFor, type FormContent } from './workflowForm';

interface Props {
  /** The version that the user sees when the form opens. */
  opened: VersionedWorkflow;
  onClose: () => void;
}

/** Changes the title and the data of a draft. If the draft changed elsewhere, what the user typed stays. */
export default function EditForm({ opened, onClose }: Props) {
  const { t } = useTranslation('workflows');
  const { workflow } = opened;
  const [initial] = useState(() => ({ values: formFor(workflow), etag: opened.etag }));
  const form = useWorkflowForm(editDraftName(workflow.workflowId), initial);
  const { control } = form;
  const action = usePerformAction({ workflow, etag: form.etag ?? opened.etag });
  const isMounted = useIsMounted();
  const [isLeaving, setIsLeaving] = useState(false);
  const problem = action.error && toProblem(action.error);
  const canRequest = workflow.allowedActions.includes('REQUEST');
  const pendingAction = action.isPending ? action.variables.actionType : null;

  const send = async (actionType: 'SAVE' | 'REQUEST', { title, data, comment }: FormContent) => {
    try {
      await action.mutateAsync({
        actionType,
        title,
        data,
        ...(actionType === 'REQUEST' && comment && { comment }),
      });
      form.close();
      if (isMounted.current) onClose();
    } catch {
      // The form shows the error, or a message if the user has left the page.
    }
  };
  const submit = (actionType: 'SAVE' | 'REQUEST') =>
    void form.handleSubmit((content) => send(actionType, content))();
  const discard = () => {
    form.close();
    onClose();
  };

  return (
    <form onSubmit={(event) => event.preventDefault()} noValidate>
      <LeaveGuard hasChanges={() => !action.isPending && form.hasChanges()} onDiscard={form.close} />
      {isLeaving && <LeaveDialog onStay={() => setIsLeaving(false)} onLeave={discard} />}
      <Form
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button
              variant="link"
              formAction="none"
              disabled={action.isPending}
              onClick={() => (form.hasChanges() ? setIsLeaving(true) : discard())}
            >
              {t('action.cancel')}
            </Button>
            <Button
              variant={canRequest ? 'normal' : 'primary'}
              formAction="none"
              loading={pendingAction === 'SAVE'}
              disabled={pendingAction === 'REQUEST'}
              onClick={() => submit('SAVE')}
            >
              {t('action.save')}
            </Button>
            {canRequest && (
              <Button
                variant="primary"
                formAction="none"
                loading={pendingAction === 'REQUEST'}
                disabled={pendingAction === 'SAVE'}
                onClick={() => submit('REQUEST')}
              >
                {workflow.status === 'REJECTED' ? t('action.resubmit') : t('action.request')}
              </Button>
            )}
          </SpaceBetween>
        }
      >
        <SpaceBetween size="l">
          <RestoredNote form={form} />
          {problem?.status === 412 ? (
            <div role="alert">
              <Alert type="warning" header={t('form.changed')}>
                {t('form.changedDetail')}
              </Alert>
            </div>
          ) : (
            <ProblemAlert error={action.error} fieldPointers={['/title', '/data', '/comment']} />
          )}
          <Container header={<Header variant="h2">{t('form.details')}</Header>}>
            <TitleField control={control} serverError={problem?.errorAt('/title')} />
          </Container>
          <DataPanel form={form} serverError={problem?.errorAt('/data')} />
          {canRequest && (
            <Container header={<Header variant="h2">{t('form.approval')}</Header>}>
              <CommentField control={control} serverError={problem?.errorAt('/comment')} />
            </Container>
          )}
        </SpaceBetween>
      </Form>
    </form>
  );
}
