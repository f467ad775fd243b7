import { EmptyState } from '../components/EmptyState';
import { usePageTitle } from '../components/usePageTitle';
import { useWorkflowList } from '../workflows/queries';
import { WorkflowTable } from '../workflows/WorkflowTable';

/** What waits for the person's own decision. */
export default function InboxPage() {
  usePageTitle('My inbox');
  return (
    <WorkflowTable
      title="My inbox"
      description="Requests that wait for your decision"
      list={useWorkflowList('inbox')}
      showRequester
      empty={
        <EmptyState title="Nothing waits for you">
          A request that needs your decision appears here.
        </EmptyState>
      }
    />
  );
}
