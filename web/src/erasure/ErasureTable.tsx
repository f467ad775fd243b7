import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useTranslation } from 'react-i18next';
import type { Erasure } from '../api/types';
import { EmptyState } from '../components/EmptyState';
import { formatCount } from '../components/formatCount';
import { LoadMore } from '../components/LoadMore';
import { QueryBoundary } from '../components/QueryBoundary';
import { SimpleTable } from '../components/SimpleTable';
import { Timestamp } from '../components/Timestamp';
import { HeldRecords } from './HeldRecords';
import { formatAmount, formatParts, stateLabel } from './labels';
import { useErasures } from './queries';

/** A table of the erasures, newest first. It is updated while one runs. */
export function ErasureTable() {
  const { t } = useTranslation('erasure');
  const erasures = useErasures();
  return (
    <QueryBoundary query={erasures} label={t('loading.erasures')}>
      {({ items }) => (
        <SpaceBetween size="m">
          <SimpleTable
            title={t('list.title')}
            counter={formatCount(erasures)}
            items={items}
            trackBy="erasureId"
            empty={<EmptyState title={t('list.none')} />}
            columns={[
              {
                id: 'created',
                header: t('list.requested'),
                minWidth: 140,
                cell: ({ createdAt }) => <Timestamp at={createdAt} />,
              },
              {
                id: 'subject',
                header: t('list.subject'),
                minWidth: 140,
                cell: ({ userId }) =>
                  userId === null ? t('list.retention') : <Box variant="code">{userId}</Box>,
              },
              {
                id: 'parts',
                header: t('list.parts'),
                minWidth: 110,
                cell: ({ parts }) => formatParts(parts),
              },
              {
                id: 'state',
                header: t('list.state'),
                minWidth: 130,
                cell: (erasure) => <State {...erasure} />,
              },
              {
                id: 'erased',
                header: t('list.erased'),
                minWidth: 150,
                cell: ({ erased }) => <Counts {...erased} />,
              },
              {
                id: 'held',
                header: t('heldRecords'),
                minWidth: 130,
                cell: ({ held }) => <HeldRecords held={held} />,
              },
              { id: 'reason', header: t('reason'), minWidth: 140, cell: ({ reason }) => reason },
              {
                id: 'by',
                header: t('list.requestedBy'),
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

function State({ state, error }: Pick<Erasure, 'state' | 'error'>) {
  const { label, indicator } = stateLabel(state);
  return (
    <>
      <StatusIndicator type={indicator}>{label}</StatusIndicator>
      {error && <div>{error}</div>}
    </>
  );
}

function Counts(erased: Erasure['erased']) {
  const { t } = useTranslation('erasure');
  return (['person', 'content'] as const).map((part) => (
    <div key={part}>
      {t('list.counts', { part: t(`parts.${part}`), records: formatAmount('records', erased[part]) })}
    </div>
  ));
}
