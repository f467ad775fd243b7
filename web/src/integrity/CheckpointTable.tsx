import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../components/EmptyState';
import { formatCount } from '../components/formatCount';
import { LoadMore } from '../components/LoadMore';
import { QueryBoundary } from '../components/QueryBoundary';
import { SimpleTable } from '../components/SimpleTable';
import { Timestamp } from '../components/Timestamp';
import { formatNumber } from '../i18n/format';
import { useCheckpoints } from './queries';

/** A table of the checkpoints of the log, newest first. */
export function CheckpointTable() {
  const { t } = useTranslation('integrity');
  const checkpoints = useCheckpoints();
  return (
    <QueryBoundary query={checkpoints} label={t('loading.checkpoints')}>
      {({ items }) => (
        <SpaceBetween size="m">
          <SimpleTable
            title={t('checkpoints.title')}
            counter={formatCount(checkpoints)}
            items={items}
            trackBy="note"
            empty={<EmptyState title={t('checkpoints.none')} />}
            columns={[
              {
                id: 'signedAt',
                header: t('checkpoint.signed'),
                minWidth: 150,
                cell: ({ signedAt }) => <Timestamp at={signedAt} exact />,
              },
              {
                id: 'size',
                header: t('checkpoint.entries'),
                minWidth: 90,
                cell: ({ size }) => formatNumber(size),
              },
              {
                id: 'root',
                header: t('checkpoint.rootHash'),
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
