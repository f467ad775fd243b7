import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Form from '@cloudscape-design/components/form';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { toProblem } from '../api/problem';
import { useFlashes } from '../components/FlashProvider';
import { ProblemAlert } from '../components/ProblemAlert';
import { DraftFields } from './DraftFields';
import { usePerformAction, type VersionedWorkflow } from './queries';
import { useWorkflowDraft } from './useWorkflowDraft';

/**
 * Changes a draft's title and data. After a 412 what was typed stays; the next try names the newest state, which the
 * page has fetched by then.
 */
export function EditForm({ fetched, onClose }: { fetched: VersionedWorkflow; onClose: () => void }) {
  const { workflow } = fetched;
  const draft = useWorkflowDraft(workflow);
  const act = usePerformAction(fetched);
  const { confirm } = useFlashes();
  const problem = act.error && toProblem(act.error);

  const save = () => {
    const complete = draft.complete();
    if (!complete) return;
    act.mutate(
      { actionType: 'SAVE', ...complete },
      {
        onSuccess: () => {
          confirm('Your changes are saved.');
          onClose();
        },
      },
    );
  };

  return (
    <form onSubmit={(event) => event.preventDefault()} noValidate>
      <Form
        actions={
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" formAction="none" onClick={onClose}>
              Cancel
            </Button>
            <Button variant="primary" formAction="none" loading={act.isPending} onClick={save}>
              Save changes
            </Button>
          </SpaceBetween>
        }
      >
        <SpaceBetween size="l">
          {problem?.status === 412 ? (
            <div role="alert">
              <Alert type="warning" header="This workflow was changed elsewhere">
                What you typed is still here. Save again to put it in place of what is saved now, or cancel to
                see that first.
              </Alert>
            </div>
          ) : (
            <ProblemAlert error={act.error} shownElsewhere={['/title', '/data']} />
          )}
          <DraftFields draft={draft} problem={problem} />
        </SpaceBetween>
      </Form>
    </form>
  );
}
