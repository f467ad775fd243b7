import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useState } from 'react';
import type { Hold } from '../api/types';
import { EmptyState } from '../components/EmptyState';
import { formatCount } from '../components/formatCount';
import { LoadMore } from '../components/LoadMore';
import { QueryBoundary } from '../components/QueryBoundary';
import { Timestamp } from '../components/Timestamp';
import { PlaceHoldDialog, ReleaseHoldDialog } from './HoldDialog';
import { useHolds } from './queries';

/** A table of the legal holds. */
export function HoldTable({ canEdit }: { canEdit: boolean }) {
  const holds = useHolds();
  const [isPlacing, setIsPlacing] = useState(false);
  const [releasing, setReleasing] = useState<Hold | null>(null);
  const header = (
    <Header
      variant="h2"
      counter={formatCount(holds)}
      description="Workflows whose data is kept, whatever is requested and however old it is"
      actions={canEdit && <Button onClick={() => setIsPlacing(true)}>Place hold</Button>}
    >
      Legal holds
    </Header>
  );
  return (
    <>
      <QueryBoundary
        query={holds}
        label="the legal holds"
        empty={
          <Container header={header}>
            <EmptyState title="No legal holds" />
          </Container>
        }
      >
        {({ items }) => (
          <SpaceBetween size="m">
            <Table
              items={items}
              wrapLines
              trackBy="workflowId"
              ariaLabels={{ tableLabel: 'Legal holds' }}
              header={header}
              columnDefinitions={[
                {
                  id: 'workflow',
                  header: 'Workflow',
                  isRowHeader: true,
                  minWidth: 180,
                  cell: ({ workflowId }) => <Link href={`#/workflows/${workflowId}`}>{workflowId}</Link>,
                },
                { id: 'reason', header: 'Reason', minWidth: 180, cell: ({ reason }) => reason },
                { id: 'at', header: 'Placed', minWidth: 140, cell: ({ at }) => <Timestamp at={at} /> },
                {
                  id: 'by',
                  header: 'Placed by',
                  minWidth: 140,
                  cell: ({ by }) => <Box variant="code">{by}</Box>,
                },
                ...(canEdit
                  ? [
                      {
                        id: 'actions',
                        header: 'Actions',
                        minWidth: 100,
                        cell: (hold: Hold) => (
                          <Button
                            variant="inline-link"
                            ariaLabel={`Release the hold on ${hold.workflowId}`}
                            onClick={() => setReleasing(hold)}
                          >
                            Release
                          </Button>
                        ),
                      },
                    ]
                  : []),
              ]}
            />
            <LoadMore list={holds} />
          </SpaceBetween>
        )}
      </QueryBoundary>
      {isPlacing && <PlaceHoldDialog onClose={() => setIsPlacing(false)} />}
      {releasing && (
        <ReleaseHoldDialog workflowId={releasing.workflowId} onClose={() => setReleasing(null)} />
      )}
    </>
  );
}
