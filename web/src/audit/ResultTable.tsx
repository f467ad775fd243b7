import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import Table from '@cloudscape-design/components/table';
import type { AuditRecordSummary } from '../api/types';
import { ErasedNote } from '../components/ErasedNote';
import { formatCount } from '../components/formatCount';
import { Timestamp } from '../components/Timestamp';
import { actionLabel } from '../workflows/labels';
import { StatusBadge } from '../workflows/StatusBadge';
import { useSchemeName } from '../schemes/useSchemes';

interface Props {
  items: AuditRecordSummary[];
  hasMore: boolean;
  selected: AuditRecordSummary | null;
  onSelect: (datasetId: string | null) => void;
}

/** A table of audit records. The page shows the details of the selected record. */
export function ResultTable({ items, hasMore, selected, onSelect }: Props) {
  const schemeName = useSchemeName();
  return (
    <Table
      items={items}
      trackBy="datasetId"
      wrapLines
      ariaLabels={{
        tableLabel: 'Audit records',
        selectionGroupLabel: 'Select a record',
        itemSelectionLabel: (_, record) => `Show ${record.datasetId}`,
      }}
      selectionType="single"
      selectedItems={selected ? [selected] : []}
      onSelectionChange={({ detail }) => onSelect(detail.selectedItems[0]?.datasetId ?? null)}
      onRowClick={({ detail }) => onSelect(detail.item.datasetId)}
      header={
        <Header variant="h2" counter={formatCount({ data: { items }, hasMore })}>
          Records
        </Header>
      }
      columnDefinitions={[
        {
          id: 'occurredAt',
          header: 'When',
          isRowHeader: true,
          minWidth: 140,
          cell: ({ sealed }) => <Timestamp at={sealed.occurredAt} />,
        },
        { id: 'who', header: 'Who', minWidth: 90, cell: ({ person }) => person?.name ?? <ErasedNote /> },
        {
          id: 'action',
          header: 'Action',
          minWidth: 120,
          cell: ({ sealed }) => actionLabel(sealed.actionType),
        },
        {
          id: 'outcome',
          header: 'Outcome',
          minWidth: 130,
          cell: ({ sealed }) => <StatusBadge status={sealed.outcome} />,
        },
        {
          id: 'target',
          header: 'Workflow',
          minWidth: 130,
          cell: (record) => <Target record={record} />,
        },
        {
          id: 'scheme',
          header: 'Scheme',
          minWidth: 110,
          cell: ({ sealed }) => (sealed.workflow ? schemeName(sealed.workflow.scheme) : '–'),
        },
        {
          id: 'comment',
          header: 'Comment',
          minWidth: 120,
          cell: ({ content }) => (
            <div className="excerpt">{content ? (content.comment ?? '–') : <ErasedNote />}</div>
          ),
        },
      ]}
    />
  );
}

function Target({ record: { sealed, content } }: { record: AuditRecordSummary }) {
  const { type, id } = sealed.target;
  if (type !== 'workflow') return `${type} ${id}`;
  return <Link href={`#/workflows/${id}`}>{content?.title || id}</Link>;
}
