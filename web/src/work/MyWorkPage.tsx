import Button from '@cloudscape-design/components/button';
import { EmptyState } from '../components/EmptyState';
import { usePageTitle } from '../components/usePageTitle';
import { useWorkflowList } from '../workflows/queries';
import { WorkflowTable } from '../workflows/WorkflowTable';

/** What the person drafted and requested. */
export default function MyWorkPage() {
  usePageTitle('My work');
  return (
    <WorkflowTable
      title="My work"
      description="Workflows that you started"
      list={useWorkflowList('mine')}
      actions={
        <Button variant="primary" href="#/workflows/new">
          Create workflow
        </Button>
      }
      empty={
        <EmptyState title="You have started nothing yet">
          <Button href="#/workflows/new">Create your first workflow</Button>
        </EmptyState>
      }
    />
  );
}
