import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Form from '@cloudscape-design/components/form';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { toProblem } from '../api/problem';
import { ProblemAlert } from '../components/ProblemAlert';
import { useIsMounted } from '../components/useIsMounted';
import { usePageTitle } from '../components/usePageTitle';
import { useSchemes } from '../schemes/useSchemes';
import { DataPanel } from './DataPanel';
import { LeaveGuard } from './LeaveGuard';
import { useCreateWorkflow, type NewWorkflow } from './queries';
import { RestoredNote } from './RestoredNote';
import { SchemeField } from './SchemeField';
import { CommentField, TitleField } from './TextFields';
import { useWorkflowForm } from './useWorkflowForm';
import { emptyForm, type FormContent } from './workflowForm';

const FIELD_POINTERS = ['/title', '/data', '/scheme', '/comment'];

/** Creates a workflow as a draft or as a request. */
export default function CreateWorkflowPage() {
  const { t } = useTranslation('workflows');
  usePageTitle(t('form.createTitle'));
  const navigate = useNavigate();
  const create = useCreateWorkflow();
  const schemes = useSchemes();
  const isMounted = useIsMounted();
  const [opened] = useState(() => ({ values: emptyForm(), etag: null }));
  const form = useWorkflowForm('new', opened);
  const { control } = form;
  const problem = create.error && toProblem(create.error);

  const send = async (actionType: NewWorkflow['actionType'], content: FormContent) => {
    const { comment, ...others } = content;
    try {
      const { workflow } = await create.mutateAsync({
        actionType,
        ...others,
        ...(actionType === 'REQUEST' && comment && { comment }),
      });
      form.close();
      if (isMounted.current) await navigate(`/workflows/${workflow.workflowId}`);
    } catch {
      // The page shows the error, or a message if the user has left the page.
    }
  };
  const submit = (actionType: NewWorkflow['actionType']) =>
    void form.handleSubmit((content) => send(actionType, content))();
  const pendingAction = create.isPending ? create.variables.actionType : null;

  return (
    <ContentLayout header={<Header variant="h1">{t('form.createTitle')}</Header>}>
      <LeaveGuard hasChanges={() => !create.isPending && form.hasChanges()} onDiscard={form.close} />
      <form onSubmit={(event) => event.preventDefault()} noValidate>
        <Form
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button variant="link" formAction="none" href="#/work" disabled={create.isPending}>
                {t('action.cancel')}
              </Button>
              <Button
                formAction="none"
                loading={pendingAction === 'SAVE'}
                disabled={pendingAction === 'REQUEST'}
                onClick={() => submit('SAVE')}
              >
                {t('action.saveDraft')}
              </Button>
              <Button
                variant="primary"
                formAction="none"
                loading={pendingAction === 'REQUEST'}
                disabled={pendingAction === 'SAVE'}
                onClick={() => submit('REQUEST')}
              >
                {t('action.request')}
              </Button>
            </SpaceBetween>
          }
        >
          <SpaceBetween size="l">
            <RestoredNote form={form} />
            <ProblemAlert error={create.error} fieldPointers={FIELD_POINTERS} />
            <ProblemAlert error={schemes.error} onRetry={() => void schemes.refetch()} />
            <Container header={<Header variant="h2">{t('form.details')}</Header>}>
              <SpaceBetween size="m">
                <SchemeField control={control} serverError={problem?.errorAt('/scheme')} />
                <TitleField control={control} serverError={problem?.errorAt('/title')} />
              </SpaceBetween>
            </Container>
            <DataPanel form={form} serverError={problem?.errorAt('/data')} />
            <Container header={<Header variant="h2">{t('form.approval')}</Header>}>
              <CommentField control={control} serverError={problem?.errorAt('/comment')} />
            </Container>
          </SpaceBetween>
        </Form>
      </form>
    </ContentLayout>
  );
}
