import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import type { Erasure } from '../api/types';
import { EmptyState } from '../components/EmptyState';
import { formatCount } from '../components/formatCount';
import { LoadMore } from '../components/LoadMore';
import { QueryBoundary } from '../components/QueryBoundary';
import { Timestamp } from '../components/Timestamp';
import { HeldRecords } from './HeldRecords';
import { formatNumber, formatParts, stateLabel } from './labels';
import { useErasures } from './queries';

/** A table of the erasures, newest first. It is updated while one runs. */
export function ErasureTable() {
  const erasures = useErasures();
  const header = (
    <Header variant="h2" counter={formatCount(erasures)}>
      Erasures
    </Header>
  );
  return (
    <QueryBoundary
      query={erasures}
      label="the erasures"
      empty={
        <Container header={header}>
          <EmptyState title="No erasures yet" />
        </Container>
      }
    >
      {({ items }) => (
        <SpaceBetween size="m">
          <Table
            items={items}
            wrapLines
            trackBy="erasureId"
            ariaLabels={{ tableLabel: 'Erasures' }}
            header={header}
            columnDefinitions={[
              {
                id: 'created',
                header: 'Requested',
                isRowHeader: true,
                minWidth: 140,
                cell: ({ createdAt }) => <Timestamp at={createdAt} />,
              },
              { id: 'subject', header: 'Whose data', minWidth: 140, cell: Subject },
              { id: 'parts', header: 'Parts', minWidth: 110, cell: ({ parts }) => formatParts(parts) },
              { id: 'state', header: 'State', minWidth: 130, cell: State },
              { id: 'erased', header: 'Erased', minWidth: 150, cell: Counts },
              {
                id: 'held',
                header: 'Kept by legal holds',
                minWidth: 130,
                cell: ({ held }) => <HeldRecords held={held} />,
              },
              { id: 'reason', header: 'Reason', minWidth: 140, cell: ({ reason }) => reason },
              {
                id: 'by',
                header: 'Requested by',
                minWidth: 140,
                cell: ({ requestedBy }) => <Box variant="code">{requestedBy}</Box>,
              },
            ]}
          />
          <LoadMore list={erasures} />
        </SpaceBetween>
      )}
    </QueryBoundary>
  );
}

function Subject({ userId }: Erasure) {
  return userId === null ? 'Retention period has ended' : <Box variant="code">{userId}</Box>;
}

function State({ state, error }: Erasure) {
  const { label, indicator } = stateLabel(state);
  return (
    <>
      <StatusIndicator type={indicator}>{label}</StatusIndicator>
      {error && <div>{error}</div>}
    </>
  );
}

function Counts({ erased: { person, content } }: Erasure) {
  return (
    <>
      Personal data: {formatNumber(person, 'record')}
      <br />
      Content: {formatNumber(content, 'record')}
    </>
  );
}
