import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Form from '@cloudscape-design/components/form';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { toProblem } from '../api/problem';
import { ProblemAlert } from '../components/ProblemAlert';
import { DraftFields } from './DraftFields';
import type { VersionedWorkflow } from './queries';
import { usePerformAction } from './usePerformAction';
import { useWorkflowDraft } from './useWorkflowDraft';

interface Props {
  /** The version that the user sees when the form opens. */
  opened: VersionedWorkflow;
  onClose: () => void;
}

/** Changes the title and the data of a draft. If the draft changed elsewhere, what the user typed stays. */
export function EditForm({ opened, onClose }: Props) {
  const draft = useWorkflowDraft(opened.workflow);
  const action = usePerformAction(opened);
  const problem = action.error && toProblem(action.error);

  const save = () => {
    const changes = draft.submit();
    if (changes) action.mutate({ actionType: 'SAVE', ...changes }, { onSuccess: onClose });
  };

  return (
    <form onSubmit={(event) => event.preventDefault()} noValidate>
      <Form
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" formAction="none" disabled={action.isPending} onClick={onClose}>
              Cancel
            </Button>
            <Button variant="primary" formAction="none" loading={action.isPending} onClick={save}>
              Save changes
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="l">
          {problem?.status === 412 ? (
            <div role="alert">
              <Alert type="warning" header="This workflow has changed">
                Your text is still here. To overwrite the latest version, save again. To see it first, cancel.
              </Alert>
            </div>
          ) : (
            <ProblemAlert error={action.error} fieldPointers={['/title', '/data']} />
          )}
          <DraftFields draft={draft} problem={problem} />
        </SpaceBetween>
      </Form>
    </form>
  );
}
