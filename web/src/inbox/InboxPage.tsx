import { EmptyState } from '../components/EmptyState';
import { WorkflowListPage } from '../workflows/WorkflowListPage';

/** The requests that need a decision from the user. */
export default function InboxPage() {
  return (
    <WorkflowListPage
      view="inbox"
      title="My inbox"
      description="Requests that need your decision"
      showRequester
      empty={
        <EmptyState title="Your inbox is empty">Requests that need your decision appear here.</EmptyState>
      }
    />
  );
}
