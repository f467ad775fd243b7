import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useParams } from 'react-router';
import type { Verification } from '../api/types';
import { usePageTitle } from '../components/usePageTitle';
import { QueryBoundary } from '../components/QueryBoundary';
import { useVerification } from './queries';

/** The verification of one workflow's history. */
export default function VerificationPage() {
  usePageTitle('Verification');
  const { workflowId = '' } = useParams();
  const query = useVerification(workflowId);
  return (
    <ContentLayout
      header={
        <Header
          variant="h1"
          description="Recomputes the hash of every event and compares it with the hash in the next event"
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <Button href={`#/workflows/${workflowId}`}>Open workflow</Button>
              <Button iconName="refresh" loading={query.isFetching} onClick={() => void query.refetch()}>
                Verify again
              </Button>
            </SpaceBetween>
          }
        >
          Verification
        </Header>
      }
    >
      <QueryBoundary query={query} label="the verification">
        {(verification) => <VerificationResult verification={verification} />}
      </QueryBoundary>
    </ContentLayout>
  );
}

function VerificationResult({ verification }: { verification: Verification }) {
  const { verdict, events, headHash, findings, workflowId } = verification;
  const count = `${events} ${events === 1 ? 'event' : 'events'}`;
  return (
    <SpaceBetween size="l">
      {verdict === 'intact' ? (
        <Alert type="success" header="The history is intact">
          {count} checked: none changed, missing, or out of order.
        </Alert>
      ) : (
        <Alert type="error" header="The history is broken">
          {count} checked. The table below lists what doesn't match.
        </Alert>
      )}
      <Container header={<Header variant="h2">Result</Header>}>
        <KeyValuePairs
          columns={3}
          items={[
            { label: 'Verdict', value: verdict },
            { label: 'Events', value: events },
            { label: 'Workflow ID', value: <Box variant="code">{workflowId}</Box> },
            { label: 'Hash of the newest event', value: <Box variant="code">{headHash ?? '–'}</Box> },
          ]}
        />
      </Container>
      {findings.length > 0 && (
        <Table
          items={findings}
          ariaLabels={{ tableLabel: 'Findings' }}
          header={<Header variant="h2">Findings</Header>}
          columnDefinitions={[
            { id: 'sequence', header: 'Event', isRowHeader: true, cell: (item) => item.sequence },
            { id: 'code', header: 'Finding', cell: (item) => item.code },
            { id: 'detail', header: 'Detail', cell: (item) => item.detail },
            { id: 'dataset', header: 'Dataset ID', cell: (item) => item.datasetId ?? '–' },
          ]}
        />
      )}
    </SpaceBetween>
  );
}
