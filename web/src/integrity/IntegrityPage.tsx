import Alert from '@cloudscape-design/components/alert';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import { LoadMore } from '../components/LoadMore';
import { QueryBoundary } from '../components/QueryBoundary';
import { usePageTitle } from '../components/usePageTitle';
import type { Integrity } from '../api/types';
import { useUser } from '../session/SessionProvider';
import { canSearchAuditTrail } from '../session/user';
import { CheckpointPanel } from './CheckpointPanel';
import { CheckpointTable } from './CheckpointTable';
import { FindingTable } from './FindingTable';
import { PublicKeyPanel } from './PublicKeyPanel';
import { useCheckedCheckpoint, useIntegrity } from './queries';
import { WitnessTable } from './WitnessTable';

/** The state of the log and of the audit trail, for auditors and administrators. */
export default function IntegrityPage() {
  const { t } = useTranslation('integrity');
  usePageTitle(t('title'));
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={t('description')}>
          {t('title')}
        </Header>
      }
    >
      {canSearchAuditTrail(useUser()) ? (
        <IntegrityState />
      ) : (
        <Alert type="warning" header={t('auditorsOnly.header')}>
          {t('auditorsOnly.detail')}
        </Alert>
      )}
    </ContentLayout>
  );
}

function IntegrityState() {
  const { t } = useTranslation('integrity');
  const query = useIntegrity();
  const pages = query.data?.pages;
  return (
    <QueryBoundary
      query={{ data: pages?.[0], error: query.error, refetch: query.refetch }}
      label={t('loading.state')}
    >
      {(integrity) => (
        <SpaceBetween size="l">
          <LogState integrity={integrity} />
          <SpaceBetween size="m">
            <FindingTable
              open={integrity.findings.open}
              items={pages?.flatMap(({ findings }) => findings.items) ?? []}
            />
            <LoadMore
              list={{
                hasMore: query.hasNextPage,
                isLoadingMore: query.isFetchingNextPage,
                loadMore: () => void query.fetchNextPage(),
              }}
            />
          </SpaceBetween>
          <CheckpointTable />
        </SpaceBetween>
      )}
    </QueryBoundary>
  );
}

function LogState({ integrity }: { integrity: Integrity }) {
  const checked = useCheckedCheckpoint(integrity.checkpoint);
  return (
    <SpaceBetween size="l">
      <CheckpointPanel integrity={integrity} checked={checked.data} error={checked.error} />
      <PublicKeyPanel />
      <WitnessTable witnesses={integrity.witnesses} checked={checked.data} />
    </SpaceBetween>
  );
}
