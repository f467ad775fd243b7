import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import Table from '@cloudscape-design/components/table';
import { useState } from 'react';
import { QueryBoundary } from '../components/QueryBoundary';
import { Timestamp } from '../components/Timestamp';
import { useSchemes } from '../schemes/useSchemes';
import { useRetention } from './queries';
import { RetentionDialog } from './RetentionDialog';
import { formatDays, retentionRows, type RetentionRow } from './retentionPeriod';

/** A table of the retention periods of all schemes. */
export function RetentionTable({ canEdit }: { canEdit: boolean }) {
  const retention = useRetention();
  const { data: schemes } = useSchemes();
  const [editing, setEditing] = useState<RetentionRow | null>(null);
  return (
    <QueryBoundary query={retention} label="the retention periods">
      {(periods) => (
        <>
          <Table
            items={retentionRows(periods, schemes ?? [])}
            wrapLines
            trackBy="scheme"
            ariaLabels={{ tableLabel: 'Retention periods' }}
            header={
              <Header
                variant="h2"
                description={`The data of a workflow is erased this long after its newest record. Default: ${formatDays(periods.defaultDays)}. The erasure runs once a day.`}
              >
                Retention periods
              </Header>
            }
            empty="No schemes"
            columnDefinitions={[
              { id: 'scheme', header: 'Scheme', isRowHeader: true, minWidth: 150, cell: ({ name }) => name },
              { id: 'days', header: 'Retention period', minWidth: 160, cell: Period },
              { id: 'changed', header: 'Changed', minWidth: 160, cell: Changed },
              ...(canEdit
                ? [
                    {
                      id: 'actions',
                      header: 'Actions',
                      minWidth: 100,
                      cell: (row: RetentionRow) => (
                        <Button
                          variant="inline-link"
                          ariaLabel={`Edit the retention period of ${row.name}`}
                          onClick={() => setEditing(row)}
                        >
                          Edit
                        </Button>
                      ),
                    },
                  ]
                : []),
            ]}
          />
          {editing && <RetentionDialog row={editing} onClose={() => setEditing(null)} />}
        </>
      )}
    </QueryBoundary>
  );
}

function Period({ days, isDefault }: RetentionRow) {
  return `${formatDays(days)}${isDefault ? ', default' : ''}`;
}

function Changed({ changed }: RetentionRow) {
  if (!changed) return '–';
  return (
    <>
      <Timestamp at={changed.at} /> by <Box variant="code">{changed.by}</Box>
    </>
  );
}
