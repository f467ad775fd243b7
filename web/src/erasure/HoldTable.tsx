import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Hold } from '../api/types';
import { EmptyState } from '../components/EmptyState';
import { formatCount } from '../components/formatCount';
import { LoadMore } from '../components/LoadMore';
import { QueryBoundary } from '../components/QueryBoundary';
import { SimpleTable, type Column } from '../components/SimpleTable';
import { Timestamp } from '../components/Timestamp';
import { PlaceHoldDialog, ReleaseHoldDialog } from './HoldDialog';
import { useHolds } from './queries';

/** A table of the legal holds. */
export function HoldTable({ canEdit }: { canEdit: boolean }) {
  const { t } = useTranslation('erasure');
  const holds = useHolds();
  const [isPlacing, setIsPlacing] = useState(false);
  const [releasing, setReleasing] = useState<Hold | null>(null);
  const release: Column<Hold> = {
    id: 'actions',
    header: t('actions'),
    minWidth: 100,
    cell: (hold) => (
      <Button
        variant="inline-link"
        ariaLabel={t('hold.releaseOne', { workflowId: hold.workflowId })}
        onClick={() => setReleasing(hold)}
      >
        {t('hold.releaseShort')}
      </Button>
    ),
  };
  return (
    <>
      <QueryBoundary query={holds} label={t('loading.holds')}>
        {({ items }) => (
          <SpaceBetween size="m">
            <SimpleTable
              title={t('hold.list')}
              description={t('hold.description')}
              counter={formatCount(holds)}
              actions={canEdit && <Button onClick={() => setIsPlacing(true)}>{t('hold.place')}</Button>}
              items={items}
              trackBy="workflowId"
              empty={<EmptyState title={t('hold.noHolds')} />}
              columns={[
                {
                  id: 'workflow',
                  header: t('hold.workflow'),
                  minWidth: 180,
                  cell: ({ workflowId }) => <Link href={`#/workflows/${workflowId}`}>{workflowId}</Link>,
                },
                { id: 'reason', header: t('reason'), minWidth: 180, cell: ({ reason }) => reason },
                {
                  id: 'at',
                  header: t('hold.placed'),
                  minWidth: 140,
                  cell: ({ at }) => <Timestamp at={at} />,
                },
                {
                  id: 'by',
                  header: t('hold.placedBy'),
                  minWidth: 140,
                  cell: ({ by }) => <Box variant="code">{by}</Box>,
                },
                ...(canEdit ? [release] : []),
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
