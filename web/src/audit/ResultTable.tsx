import CollectionPreferences from '@cloudscape-design/components/collection-preferences';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { ErasedNote } from '../components/ErasedNote';
import { formatCount } from '../components/formatCount';
import { Timestamp } from '../components/Timestamp';
import type { ListedRecord } from '../proof/checkRecord';
import { useSchemeName } from '../schemes/useSchemes';
import { actionLabel } from '../workflows/labels';
import { StatusBadge } from '../workflows/StatusBadge';
import { recordHref } from '../components/recordHref';
import { COLUMNS, fromDialog, useTablePreferences, type ColumnId } from './tablePreferences';

interface Props {
  items: ListedRecord[];
  hasMore: boolean;
  selectedId: string | null;
  onSelect: (datasetId: string | null) => void;
}

/** A table of audit records. The page shows the details of the selected record. */
export function ResultTable({ items, hasMore, selectedId, onSelect }: Props) {
  const { t } = useTranslation('audit');
  const schemeName = useSchemeName();
  const [preferences, setPreferences] = useTablePreferences();
  return (
    <Table
      items={items}
      trackBy="datasetId"
      wrapLines={preferences.wrapLines}
      contentDensity={preferences.density}
      columnDisplay={preferences.columns}
      ariaLabels={{
        tableLabel: t('table.label'),
        selectionGroupLabel: t('table.select'),
        itemSelectionLabel: (_, record) => t('table.show', { record: record.datasetId }),
      }}
      selectionType="single"
      selectedItems={items.filter(({ datasetId }) => datasetId === selectedId)}
      onSelectionChange={({ detail }) => onSelect(detail.selectedItems[0]?.datasetId ?? null)}
      onRowClick={({ detail }) => onSelect(detail.item.datasetId)}
      header={
        <Header
          variant="h2"
          counter={formatCount({ data: { items }, hasMore })}
          // In the slot of the table for them, they would take a line of their own.
          actions={
            <CollectionPreferences
              title={t('preferences.title')}
              confirmLabel={t('preferences.confirm')}
              cancelLabel={t('preferences.cancel')}
              preferences={{
                contentDisplay: preferences.columns,
                wrapLines: preferences.wrapLines,
                contentDensity: preferences.density,
              }}
              onConfirm={({ detail }) => setPreferences(fromDialog(detail))}
              wrapLinesPreference={{}}
              contentDensityPreference={{}}
              contentDisplayPreference={{
                title: t('preferences.columns'),
                options: COLUMNS.map((id) => ({
                  id,
                  label: t(`columns.${id}`),
                  alwaysVisible: id === 'occurredAt',
                })),
              }}
            />
          }
        >
          {t('table.title')}
        </Header>
      }
      columnDefinitions={columnDefinitions(t, schemeName)}
    />
  );
}

type Column = TableProps.ColumnDefinition<ListedRecord>;

function columnDefinitions(t: TFunction<'audit'>, schemeName: (schemeId: string) => string): Column[] {
  const cells: Record<ColumnId, Pick<Column, 'cell' | 'minWidth'>> = {
    occurredAt: { minWidth: 140, cell: ({ sealed }) => <Timestamp at={sealed.occurredAt} exact /> },
    who: { minWidth: 90, cell: ({ person }) => person?.name ?? <ErasedNote /> },
    action: { minWidth: 120, cell: ({ sealed }) => actionLabel(sealed.actionType) },
    outcome: { minWidth: 120, cell: ({ sealed }) => <StatusBadge status={sealed.outcome} /> },
    target: { minWidth: 120, cell: (record) => <Target record={record} /> },
    scheme: {
      minWidth: 110,
      cell: ({ sealed }) => (sealed.workflow ? schemeName(sealed.workflow.scheme) : '–'),
    },
    comment: {
      minWidth: 110,
      cell: ({ content }) => (
        <div className="excerpt">{content ? (content.comment ?? '–') : <ErasedNote />}</div>
      ),
    },
    step: { minWidth: 100, cell: ({ sealed }) => sealed.workflow?.stepId ?? '–' },
    sequence: {
      minWidth: 110,
      cell: ({ sealed: { workflow } }) => (workflow ? `${workflow.round} / ${workflow.sequence}` : '–'),
    },
    record: {
      minWidth: 150,
      cell: ({ datasetId }) => <Link href={recordHref(datasetId)}>{datasetId}</Link>,
    },
  };
  return COLUMNS.map((id) => ({
    id,
    header: t(`columns.${id}`),
    isRowHeader: id === 'occurredAt',
    ...cells[id],
  }));
}

function Target({ record: { sealed, content } }: { record: ListedRecord }) {
  const { type, id } = sealed.target;
  if (type !== 'workflow') return `${type} ${id}`;
  return (
    <Link href={`#/workflows/${id}`}>
      <span className="excerpt">{content?.title || id}</span>
    </Link>
  );
}
