import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { Timestamp } from '../components/Timestamp';
import { CheckList } from '../proof/CheckList';
import { SEALING_LIMIT_MS } from '../proof/checks';
import { ProofBadge, type ProofState } from '../proof/ProofBadge';
import { summarizeCheckpoint } from '../proof/summaries';
import type { CheckedCheckpoint } from '../proof/trustedLog';
import type { Integrity } from '../api/types';

interface Props {
  integrity: Integrity;
  /** The newest checkpoint after the checks of the browser; undefined while they run. */
  checked: CheckedCheckpoint | undefined;
  error: Error | null;
}

/** Shows the newest checkpoint, and how far the log and the manifests are behind. */
export function CheckpointPanel({ integrity, checked, error }: Props) {
  const { checkpoint, lagSeconds, pendingEntries, oldestPendingAt, manifests, reconciledAt } = integrity;
  return (
    <Container header={<Header variant="h2">Newest checkpoint</Header>}>
      <SpaceBetween size="m">
        {checkpoint ? (
          <ProofBadge state={toState(checked, error)} />
        ) : (
          <StatusIndicator type="pending">The log has no checkpoint yet.</StatusIndicator>
        )}
        <KeyValuePairs
          columns={4}
          items={[
            { label: 'Entries', value: checkpoint?.size ?? 0 },
            { label: 'Signed', value: checkpoint ? <Timestamp at={checkpoint.signedAt} relative /> : '–' },
            { label: 'Behind', value: <Lag seconds={lagSeconds} /> },
            {
              label: 'Pending entries',
              value: (
                <>
                  {pendingEntries}
                  {oldestPendingAt && (
                    <>
                      {' (oldest: '}
                      <Timestamp at={oldestPendingAt} relative />)
                    </>
                  )}
                </>
              ),
            },
            { label: 'Newest manifest', value: <TimeOrDash at={manifests.newest} /> },
            { label: 'Manifests compared until', value: <TimeOrDash at={manifests.checkedThrough} /> },
            { label: 'Compared', value: <TimeOrDash at={reconciledAt} /> },
            { label: 'Log', value: <Box variant="code">{checkpoint?.origin ?? '–'}</Box> },
            { label: 'Root hash', value: <Box variant="code">{checkpoint?.rootHash ?? '–'}</Box> },
          ]}
        />
        {checked && (
          <ExpandableSection headerText="Proof details" variant="footer">
            <CheckList label="Checks of the checkpoint" checks={checked.checks} />
          </ExpandableSection>
        )}
      </SpaceBetween>
    </Container>
  );
}

function toState(checked: CheckedCheckpoint | undefined, error: Error | null): ProofState {
  if (error) return { kind: 'error', error };
  if (!checked) return { kind: 'verifying' };
  return { kind: 'checked', ...summarizeCheckpoint(checked.checks) };
}

/** How far the log is behind what was recorded. */
function Lag({ seconds }: { seconds: number }) {
  const isLate = seconds * 1000 >= SEALING_LIMIT_MS;
  return <StatusIndicator type={isLate ? 'error' : 'success'}>{formatSeconds(seconds)}</StatusIndicator>;
}

function formatSeconds(seconds: number): string {
  if (seconds < 120) return seconds === 1 ? '1 second' : `${Math.round(seconds)} seconds`;
  return `${Math.floor(seconds / 60)} minutes`;
}

const TimeOrDash = ({ at }: { at: string | null }) => (at ? <Timestamp at={at} relative /> : <>–</>);
