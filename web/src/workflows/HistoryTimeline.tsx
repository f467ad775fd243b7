import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Steps from '@cloudscape-design/components/steps';
import { LoadMore } from '../components/LoadMore';
import { QueryBoundary } from '../components/QueryBoundary';
import { DetailsPanel } from './DetailsPanel';
import { HistoryEntryHeader } from './HistoryEntryHeader';
import { actionIndicator, actionLabel } from './labels';
import { useHistory } from './queries';

/** Shows the history of a workflow, oldest entry first. */
export function HistoryTimeline({ workflowId }: { workflowId: string }) {
  const history = useHistory(workflowId);
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="Every action, in order. Verification detects entries that were changed or removed."
        >
          History
        </Header>
      }
    >
      <QueryBoundary query={history} label="the history">
        {({ items }) => (
          <SpaceBetween size="m">
            <Steps
              ariaLabel="History"
              steps={items.map((entry) => ({
                status: actionIndicator(entry.actionType),
                statusIconAriaLabel: actionLabel(entry.actionType),
                header: <HistoryEntryHeader entry={entry} />,
                details: <DetailsPanel entry={entry} />,
              }))}
            />
            <LoadMore list={history} />
          </SpaceBetween>
        )}
      </QueryBoundary>
    </Container>
  );
}
