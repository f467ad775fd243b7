import Button from '@cloudscape-design/components/button';
import { EmptyState } from '../components/EmptyState';
import { WorkflowListPage } from '../workflows/WorkflowListPage';

/** The workflows that the user started. */
export default function MyWorkPage() {
  return (
    <WorkflowListPage
      view="mine"
      title="My work"
      description="Workflows that you started"
      actions={
        <Button variant="primary" href="#/workflows/new">
          Create workflow
        </Button>
      }
      empty={
        <EmptyState
          title="You don't have any workflows yet"
          action={<Button href="#/workflows/new">Create your first workflow</Button>}
        />
      }
    />
  );
}
