import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { useParams } from 'react-router';
import { usePageTitle } from '../components/usePageTitle';
import { QueryBoundary } from '../components/QueryBoundary';
import { Timestamp } from '../components/Timestamp';
import type { VerificationState, Verification } from '../api/types';
import { EvidencePanel } from './EvidencePanel';
import { findingSentence } from '../proof/findings';
import { useVerification } from './queries';
import { combinePages, type CombinedVerification } from './verification';

/** The service's verification of one workflow's history. */
export default function VerificationPage() {
  usePageTitle('Verification');
  const { workflowId = '' } = useParams();
  const { data, error, isFetching, refetch } = useVerification(workflowId);
  const verification = data && combinePages(data.pages);
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description="Checks the complete history against the log, the manifests of the workflow service, and the newest checkpoint"
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button href={`#/workflows/${workflowId}`}>Open workflow</Button>
              <Button iconName="refresh" loading={isFetching} onClick={() => void refetch()}>
                Verify again
              </Button>
            </SpaceBetween>
          }
        >
          Verification
        </Header>
      }
    >
      <SpaceBetween size="l">
        <QueryBoundary query={{ data: verification ?? undefined, error, refetch }} label="the verification">
          {(combined) => <VerificationResult verification={combined} />}
        </QueryBoundary>
        {verification && <EvidencePanel workflowId={workflowId} />}
      </SpaceBetween>
    </ContentLayout>
  );
}

function VerificationResult({ verification }: { verification: CombinedVerification }) {
  const { events, headHash, findings, workflowId, sealed, pending, attested, checkpoint } = verification;
  return (
    <SpaceBetween size="l">
      <VerdictAlert verification={verification} />
      <Container header={<Header variant="h2">Result</Header>}>
        <KeyValuePairs
          columns={3}
          items={[
            { label: 'Events', value: events },
            { label: 'In the log', value: sealed },
            {
              label: 'Pending',
              value:
                pending === 0
                  ? 0
                  : `${pending} (newer than the checkpoint, which is normal for a minute or two)`,
            },
            {
              label: 'Newest checkpoint',
              value: checkpoint ? (
                <>
                  {checkpoint.size} entries, <Timestamp at={checkpoint.signedAt} />
                </>
              ) : (
                'None yet'
              ),
            },
            {
              label: 'Attested by the workflow service',
              value: attested ? `Version ${attested.version}, ${attested.status}` : 'Not yet',
            },
            { label: 'Workflow ID', value: <Box variant="code">{workflowId}</Box> },
            { label: 'Hash of the newest event', value: <Box variant="code">{headHash ?? '–'}</Box> },
          ]}
        />
      </Container>
      <CheckTable verification={verification} />
      {findings.length > 0 && <FindingTable findings={findings} />}
    </SpaceBetween>
  );
}

function VerdictAlert({ verification }: { verification: CombinedVerification }) {
  const { events, verdict, isComplete, pending } = verification;
  const count = `${events} ${events === 1 ? 'event' : 'events'}`;
  if (verdict === 'invalid') {
    return (
      <div role="status">
        <Alert type="error" header="The history is not valid">
          {count} checked. The table of findings lists what doesn't match.
        </Alert>
      </div>
    );
  }
  if (!isComplete) {
    return (
      <div role="status">
        <Alert type="info" header="Verifying">
          {count} checked, without findings so far.
        </Alert>
      </div>
    );
  }
  return (
    <div role="status">
      <Alert type="success" header="The history is valid">
        {count} checked: none changed, missing, or out of order.
        {pending > 0 &&
          ` ${pending === 1 ? '1 event is' : `${pending} events are`} newer than the newest checkpoint of the log, which is normal for a minute or two.`}
      </Alert>
    </div>
  );
}

const CHECKS: Record<keyof Verification['checked'], { name: string; against: string }> = {
  chain: {
    name: 'Chain',
    against: 'The hash of every event, compared with the one that the next event contains',
  },
  commitments: {
    name: 'Commitments',
    against: 'The person and the content of every event, compared with the commitments in the sealed text',
  },
  inclusion: { name: 'Inclusion', against: 'Every event, compared with its entry in the log' },
  checkpoint: {
    name: 'Checkpoint',
    against: 'The root of the log, compared with the newest checkpoint, and the signature of the checkpoint',
  },
  attestedState: {
    name: 'Attested state',
    against: 'The newest event, compared with the state that the workflow service attested in a manifest',
  },
};

const CHECK_STATES: Record<VerificationState, { type: StatusIndicatorProps.Type; label: string }> = {
  valid: { type: 'success', label: 'Valid' },
  invalid: { type: 'error', label: 'Not valid' },
  'not-checked': { type: 'stopped', label: 'Not checked' },
};

function CheckTable({ verification: { checked } }: { verification: CombinedVerification }) {
  const items = (Object.keys(CHECKS) as (keyof Verification['checked'])[]).map((id) => ({
    ...CHECKS[id],
    state: CHECK_STATES[checked[id]],
  }));
  return (
    <Table
      items={items}
      wrapLines
      ariaLabels={{ tableLabel: 'Checks' }}
      header={<Header variant="h2">Checks</Header>}
      columnDefinitions={[
        { id: 'name', header: 'Check', isRowHeader: true, minWidth: 120, cell: ({ name }) => name },
        {
          id: 'state',
          header: 'Result',
          minWidth: 120,
          cell: ({ state }) => <StatusIndicator type={state.type}>{state.label}</StatusIndicator>,
        },
        { id: 'against', header: 'What was compared', minWidth: 240, cell: ({ against }) => against },
      ]}
    />
  );
}

function FindingTable({ findings }: { findings: Verification['findings'] }) {
  return (
    <Table
      items={findings}
      wrapLines
      ariaLabels={{ tableLabel: 'Findings' }}
      header={
        <Header variant="h2" counter={`(${findings.length})`}>
          Findings
        </Header>
      }
      columnDefinitions={[
        { id: 'sequence', header: 'Event', isRowHeader: true, width: 90, cell: (item) => item.sequence },
        { id: 'code', header: 'Finding', minWidth: 140, cell: (item) => item.code },
        {
          id: 'meaning',
          header: 'Meaning',
          minWidth: 200,
          cell: (item) => findingSentence(item.code) || '–',
        },
        { id: 'detail', header: 'Detail', minWidth: 200, cell: (item) => item.detail },
        { id: 'dataset', header: 'Dataset ID', minWidth: 140, cell: (item) => item.datasetId ?? '–' },
      ]}
    />
  );
}
