import Button from '@cloudscape-design/components/button';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Form from '@cloudscape-design/components/form';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { toProblem } from '../api/problem';
import { ProblemAlert } from '../components/ProblemAlert';
import { usePageTitle } from '../components/usePageTitle';
import { DraftFields } from './DraftFields';
import { useCreateWorkflow, type NewWorkflow } from './queries';
import { useSchemes } from '../schemes/useSchemes';
import { useWorkflowDraft } from './useWorkflowDraft';

/** Creates a workflow as a draft or as a request. */
export default function CreateWorkflowPage() {
  usePageTitle('Create workflow');
  const navigate = useNavigate();
  const create = useCreateWorkflow();
  const schemes = useSchemes();
  const draft = useWorkflowDraft();
  const [selectedScheme, setSelectedScheme] = useState<string | null>(null);
  const [isSubmitted, setIsSubmitted] = useState(false);

  const options = (schemes.data ?? []).map(({ schemeId, name }) => ({
    value: schemeId,
    label: name,
    description: schemeId,
  }));
  // A single scheme doesn't need to be chosen.
  const scheme = selectedScheme ?? (options.length === 1 ? (options[0]?.value ?? null) : null);
  const problem = create.error && toProblem(create.error);

  const send = (actionType: NewWorkflow['actionType']) => {
    setIsSubmitted(true);
    const content = draft.submit();
    if (!content || !scheme) return;
    create.mutate(
      { actionType, scheme, ...content },
      { onSuccess: ({ workflow }) => void navigate(`/workflows/${workflow.workflowId}`) },
    );
  };
  const pendingAction = create.isPending ? create.variables.actionType : null;

  return (
    <ContentLayout header={<Header variant="h1">Create workflow</Header>}>
      <form onSubmit={(event) => event.preventDefault()} noValidate>
        <Form
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button variant="link" formAction="none" href="#/work" disabled={create.isPending}>
                Cancel
              </Button>
              <Button
                formAction="none"
                loading={pendingAction === 'SAVE'}
                disabled={pendingAction === 'REQUEST'}
                onClick={() => send('SAVE')}
              >
                Save draft
              </Button>
              <Button
                variant="primary"
                formAction="none"
                loading={pendingAction === 'REQUEST'}
                disabled={pendingAction === 'SAVE'}
                onClick={() => send('REQUEST')}
              >
                Request approval
              </Button>
            </SpaceBetween>
          }
        >
          <SpaceBetween size="l">
            <ProblemAlert error={create.error} fieldPointers={['/title', '/data', '/scheme']} />
            <ProblemAlert error={schemes.error} onRetry={() => void schemes.refetch()} />
            <DraftFields draft={draft} problem={problem}>
              <FormField
                label="Scheme"
                description="Who must approve, and how"
                errorText={isSubmitted && !scheme ? 'Choose a scheme.' : problem?.errorAt('/scheme')}
              >
                <Select
                  placeholder="Choose a scheme"
                  options={options}
                  selectedOption={options.find(({ value }) => value === scheme) ?? null}
                  statusType={schemes.isPending ? 'loading' : 'finished'}
                  loadingText="Loading schemes"
                  empty="There are no schemes yet. Ask an administrator to create one."
                  filteringType={options.length > 8 ? 'auto' : 'none'}
                  onChange={({ detail }) => setSelectedScheme(detail.selectedOption.value ?? null)}
                />
              </FormField>
            </DraftFields>
          </SpaceBetween>
        </Form>
      </form>
    </ContentLayout>
  );
}
