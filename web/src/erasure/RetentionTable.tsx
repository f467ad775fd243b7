import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import { useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import { EmptyState } from '../components/EmptyState';
import { QueryBoundary } from '../components/QueryBoundary';
import { SimpleTable, type Column } from '../components/SimpleTable';
import { Timestamp } from '../components/Timestamp';
import { useSchemes } from '../schemes/useSchemes';
import { useRetention } from './queries';
import { RetentionDialog } from './RetentionDialog';
import { formatDays, retentionRows, type RetentionRow } from './retentionPeriod';

/** A table of the retention periods of all schemes. */
export function RetentionTable({ canEdit }: { canEdit: boolean }) {
  const { t } = useTranslation('erasure');
  const retention = useRetention();
  const { data: schemes } = useSchemes();
  const [editing, setEditing] = useState<RetentionRow | null>(null);
  const edit: Column<RetentionRow> = {
    id: 'actions',
    header: t('actions'),
    minWidth: 100,
    cell: (row) => (
      <Button
        variant="inline-link"
        ariaLabel={t('retention.editOne', { name: row.name })}
        onClick={() => setEditing(row)}
      >
        {t('retention.edit')}
      </Button>
    ),
  };
  return (
    <QueryBoundary query={retention} label={t('loading.retention')}>
      {(periods) => (
        <>
          <SimpleTable
            title={t('retention.title')}
            description={t('retention.description', { period: formatDays(periods.defaultDays) })}
            items={retentionRows(periods, schemes ?? [])}
            trackBy="scheme"
            empty={<EmptyState title={t('retention.noSchemes')} />}
            columns={[
              { id: 'scheme', header: t('retention.scheme'), minWidth: 150, cell: ({ name }) => name },
              {
                id: 'days',
                header: t('retention.period'),
                minWidth: 160,
                cell: ({ days, isDefault }) =>
                  isDefault ? t('retention.default', { period: formatDays(days) }) : formatDays(days),
              },
              {
                id: 'changed',
                header: t('retention.changed'),
                minWidth: 160,
                cell: ({ changed }) => (changed ? <Changed {...changed} /> : '–'),
              },
              ...(canEdit ? [edit] : []),
            ]}
          />
          {editing && <RetentionDialog row={editing} onClose={() => setEditing(null)} />}
        </>
      )}
    </QueryBoundary>
  );
}

function Changed({ at, by }: { at: string; by: string }) {
  const { t } = useTranslation('erasure');
  return (
    <Trans
      t={t}
      i18nKey="retention.changedBy"
      values={{ userId: by }}
      components={{ time: <Timestamp at={at} />, user: <Box variant="code" /> }}
    />
  );
}
