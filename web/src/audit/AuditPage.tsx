import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { toProblem } from '../api/problem';
import { EmptyState } from '../components/EmptyState';
import { LoadMore } from '../components/LoadMore';
import { ProblemAlert } from '../components/ProblemAlert';
import { QueryBoundary } from '../components/QueryBoundary';
import { useSplitPanel, type Panel } from '../components/SplitPanelProvider';
import { usePageTitle } from '../components/usePageTitle';
import type { ListedRecord } from '../proof/checkRecord';
import { useUser } from '../session/SessionProvider';
import { canSearchAuditTrail } from '../session/user';
import { FilterBar } from './FilterBar';
import { NO_FILTERS } from './filters';
import { useAuditSearch } from './queries';
import { RecordPanel } from './RecordPanel';
import { ResultTable } from './ResultTable';
import { useUrlState } from './useUrlState';

/** The search in the audit trail. The service decides which records a user finds. */
export default function AuditPage() {
  const { t } = useTranslation('audit');
  usePageTitle(t('title'));
  const seesEverything = canSearchAuditTrail(useUser());
  const { filters, selectedId, setFilters, setSelectedId } = useUrlState();
  const search = useAuditSearch(filters);
  const items = search.data?.items ?? [];
  const listed = items.find(({ datasetId }) => datasetId === selectedId) ?? null;
  useRecordPanel(selectedId, listed, setSelectedId);
  // A value that the service rejects is a problem of the filters: the page itself exists.
  const isRejected = search.error !== null && toProblem(search.error).status === 400;
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={t(seesEverything ? 'description' : 'participantDescription')}>
          {t('title')}
        </Header>
      }
    >
      <SpaceBetween size="l">
        <FilterBar
          filters={filters}
          onChange={setFilters}
          records={items}
          countText={search.data && t('matches', { count: items.length, more: search.hasMore ? '+' : '' })}
          isLoading={!search.data}
        />
        {search.missing.length > 0 && (
          <Alert type="warning" header={t('missing.header', { count: search.missing.length })}>
            {t('missing.detail', { records: search.missing.join(', ') })}
          </Alert>
        )}
        {isRejected ? (
          <ProblemAlert error={search.error} />
        ) : (
          <QueryBoundary
            query={search}
            label={t('loading.records')}
            empty={
              <Container>
                <EmptyState
                  title={t('empty.title')}
                  action={<Button onClick={() => setFilters(NO_FILTERS)}>{t('empty.action')}</Button>}
                >
                  {t('empty.detail')}
                </EmptyState>
              </Container>
            }
          >
            {() => (
              <SpaceBetween size="m">
                <ResultTable
                  items={items}
                  hasMore={search.hasMore}
                  selectedId={selectedId}
                  onSelect={setSelectedId}
                />
                <LoadMore list={search} />
              </SpaceBetween>
            )}
          </QueryBoundary>
        )}
      </SpaceBetween>
    </ContentLayout>
  );
}

/** Show a record in the split panel. A link can name one that isn't in the list. */
function useRecordPanel(
  datasetId: string | null,
  listed: ListedRecord | null,
  select: (datasetId: string | null) => void,
) {
  const { t } = useTranslation('audit');
  const header = listed?.content?.title || t('record.title');
  const panel = useMemo<Panel | null>(
    () =>
      datasetId === null
        ? null
        : {
            header,
            content: <RecordPanel key={datasetId} datasetId={datasetId} listed={listed} />,
            close: () => select(null),
          },
    [datasetId, listed, header, select],
  );
  useSplitPanel(panel);
}
