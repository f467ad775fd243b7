import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import Steps, { type StepsProps } from '@cloudscape-design/components/steps';
import type { ActionType, HistoryEntry } from '../api/types';
import { useUser } from '../session/SessionProvider';
import { Timestamp } from '../components/Timestamp';
import { LoadMore } from '../components/LoadMore';
import { ProblemAlert } from '../components/ProblemAlert';
import { Comment } from './Comment';
import { ACTION_LABELS } from './labels';
import { useHistory } from './queries';

const STEP_STATUSES: Record<ActionType, StepsProps.Status> = {
  SAVE: 'stopped',
  REQUEST: 'info',
  APPROVE: 'success',
  REJECT: 'error',
};

/** What happened to a workflow, oldest first, each event with the hash that ties it to the one before. */
export function HistoryTimeline({ workflowId }: { workflowId: string }) {
  const history = useHistory(workflowId);
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="Every action, in order. None can be changed or left out without trace."
        >
          History
        </Header>
      }
    >
      <SpaceBetween size="m">
        <ProblemAlert error={history.error} onRetry={history.refresh} />
        {history.isPending ? (
          <span role="status">
            <Spinner /> Loading the history
          </span>
        ) : (
          <Steps
            ariaLabel="History"
            steps={history.items.map((entry) => ({
              status: STEP_STATUSES[entry.actionType],
              statusIconAriaLabel: ACTION_LABELS[entry.actionType],
              header: <HistoryEntryHeader entry={entry} />,
              details: <DetailsPanel entry={entry} />,
            }))}
          />
        )}
        <LoadMore list={history} />
      </SpaceBetween>
    </Container>
  );
}

function HistoryEntryHeader({ entry }: { entry: HistoryEntry }) {
  const me = useUser().userId;
  return (
    <span>
      <b>{ACTION_LABELS[entry.actionType]}</b> by{' '}
      {entry.actionOwner.userId === me ? 'you' : entry.actionOwner.name}
      {entry.round > 1 && `, round ${entry.round}`}
      <Box variant="span" color="text-body-secondary">
        {' · '}
        <Timestamp at={entry.occurredAt} />
      </Box>
    </span>
  );
}

function DetailsPanel({ entry }: { entry: HistoryEntry }) {
  return (
    <SpaceBetween size="xxs">
      {entry.comment && <Comment>{entry.comment}</Comment>}
      <ExpandableSection
        variant="inline"
        headerText={
          <Box variant="span" fontSize="body-s" fontWeight="normal" color="text-body-secondary">
            Event {entry.sequence} and its hash
          </Box>
        }
      >
        <Box fontSize="body-s" color="text-body-secondary">
          Hash <Box variant="code">{entry.hash}</Box>
          <br />
          Previous <Box variant="code">{entry.previousHash}</Box>
        </Box>
      </ExpandableSection>
    </SpaceBetween>
  );
}
