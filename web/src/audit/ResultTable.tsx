import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import Table from '@cloudscape-design/components/table';
import type { AuditRecord } from '../api/types';
import type { CursorList } from '../api/useCursorList';
import { Timestamp } from '../components/Timestamp';
import { LoadMore } from '../components/LoadMore';
import { EmptyState } from '../components/EmptyState';
import { ACTION_LABELS } from '../workflows/labels';
import { StatusBadge } from '../workflows/StatusBadge';
import { useSchemeName } from '../workflows/useSchemes';

interface Props {
  search: CursorList<AuditRecord, unknown>;
  selected: AuditRecord | null;
  onSelect: (record: AuditRecord | null) => void;
}

/** The records found; choosing one shows it whole beside the list. */
export function ResultTable({ search, selected, onSelect }: Props) {
  const schemeName = useSchemeName();
  const count = search.items.length;
  return (
    <Table
      items={search.items}
      trackBy="datasetId"
      loading={search.isPending}
      loadingText="Searching the audit trail"
      ariaLabels={{
        tableLabel: 'Audit records',
        selectionGroupLabel: 'Choose a record',
        itemSelectionLabel: (_, record) => `Show ${record.datasetId}`,
      }}
      selectionType="single"
      selectedItems={selected ? [selected] : []}
      onSelectionChange={({ detail }) => onSelect(detail.selectedItems[0] ?? null)}
      onRowClick={({ detail }) => onSelect(detail.item)}
      header={
        <Header variant="h2" counter={count > 0 ? `(${count}${search.hasMore ? '+' : ''})` : undefined}>
          Records
        </Header>
      }
      empty={
        search.error ? (
          'Nothing could be loaded.'
        ) : (
          <EmptyState title="No record matches">Search for less, or clear the filters.</EmptyState>
        )
      }
      columnDefinitions={[
        {
          id: 'occurredAt',
          header: 'When',
          isRowHeader: true,
          minWidth: 170,
          cell: (one) => <Timestamp at={one.sealed.occurredAt} />,
        },
        { id: 'who', header: 'Who', minWidth: 120, cell: (one) => one.person?.name ?? <i>erased</i> },
        {
          id: 'action',
          header: 'Action',
          minWidth: 150,
          cell: (one) => ACTION_LABELS[one.sealed.actionType],
        },
        {
          id: 'outcome',
          header: 'Outcome',
          minWidth: 170,
          cell: (one) => <StatusBadge status={one.sealed.outcome} />,
        },
        {
          id: 'workflow',
          header: 'Workflow',
          minWidth: 200,
          cell: (one) => (
            <Link href={`#/workflows/${one.sealed.workflowId}`}>
              {one.content?.title ?? one.sealed.workflowId}
            </Link>
          ),
        },
        { id: 'scheme', header: 'Scheme', cell: (one) => schemeName(one.sealed.scheme) },
        { id: 'comment', header: 'Comment', minWidth: 200, cell: (one) => one.content?.comment ?? '–' },
      ]}
      footer={search.hasMore ? <LoadMore list={search} /> : undefined}
    />
  );
}
