import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { findingSentence } from '../proof/findings';
import { Timestamp } from '../components/Timestamp';
import type { IntegrityFinding } from '../api/types';

/** A table of what doesn't match between the audit trail, the log, and the manifests. */
export function FindingTable({ open, items }: { open: number; items: IntegrityFinding[] }) {
  const header = (
    <Header
      variant="h2"
      counter={`(${open})`}
      description="What doesn't match between the audit trail, the log, and the manifests of the workflow service"
    >
      Open findings
    </Header>
  );
  if (items.length === 0) {
    return (
      <Container header={header}>
        <StatusIndicator type="success">No findings</StatusIndicator>
      </Container>
    );
  }
  return (
    <Table
      items={items}
      wrapLines
      ariaLabels={{ tableLabel: 'Open findings' }}
      header={header}
      columnDefinitions={[
        { id: 'code', header: 'Finding', isRowHeader: true, minWidth: 140, cell: ({ code }) => code },
        { id: 'meaning', header: 'Meaning', minWidth: 200, cell: ({ code }) => findingSentence(code) || '–' },
        { id: 'detail', header: 'Detail', minWidth: 200, cell: ({ detail }) => detail },
        {
          id: 'subject',
          header: 'Subject',
          minWidth: 150,
          cell: (item) => <Subject finding={item} />,
        },
        {
          id: 'first',
          header: 'First seen',
          minWidth: 120,
          cell: (item) => <Timestamp at={item.firstSeen} />,
        },
        { id: 'last', header: 'Last seen', minWidth: 120, cell: (item) => <Timestamp at={item.lastSeen} /> },
      ]}
    />
  );
}

function Subject({ finding: { workflowId, subject } }: { finding: IntegrityFinding }) {
  if (!workflowId) return subject;
  return <Link href={`#/workflows/${workflowId}/verification`}>{subject}</Link>;
}
