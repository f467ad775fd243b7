import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { EmptyState } from '../components/EmptyState';
import { formatCount } from '../components/formatCount';
import { LoadMore } from '../components/LoadMore';
import { QueryBoundary } from '../components/QueryBoundary';
import { Timestamp } from '../components/Timestamp';
import { useCheckpoints } from './queries';

/** A table of the checkpoints of the log, newest first. */
export function CheckpointTable() {
  const checkpoints = useCheckpoints();
  return (
    <QueryBoundary
      query={checkpoints}
      label="the checkpoints"
      empty={
        <Container>
          <EmptyState title="No checkpoints yet" />
        </Container>
      }
    >
      {({ items }) => (
        <SpaceBetween size="m">
          <Table
            items={items}
            wrapLines
            trackBy="note"
            ariaLabels={{ tableLabel: 'Checkpoints' }}
            header={
              <Header variant="h2" counter={formatCount(checkpoints)}>
                Checkpoints
              </Header>
            }
            columnDefinitions={[
              {
                id: 'signedAt',
                header: 'Signed',
                isRowHeader: true,
                minWidth: 150,
                cell: ({ signedAt }) => <Timestamp at={signedAt} />,
              },
              { id: 'size', header: 'Entries', minWidth: 90, cell: ({ size }) => size },
              {
                id: 'root',
                header: 'Root hash',
                minWidth: 200,
                cell: ({ rootHash }) => <Box variant="code">{rootHash}</Box>,
              },
            ]}
          />
          <LoadMore list={checkpoints} />
        </SpaceBetween>
      )}
    </QueryBoundary>
  );
}
