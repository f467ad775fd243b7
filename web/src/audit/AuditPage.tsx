import Alert from '@cloudscape-design/components/alert';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMemo, useState } from 'react';
import { EmptyState } from '../components/EmptyState';
import { LoadMore } from '../components/LoadMore';
import { QueryBoundary } from '../components/QueryBoundary';
import { usePageTitle } from '../components/usePageTitle';
import { useUser } from '../session/SessionProvider';
import { canSearchAuditTrail } from '../session/user';
import { useSplitPanel, type Panel } from '../components/SplitPanelProvider';
import { FilterForm } from './FilterForm';
import { toSearchParams } from './filters';
import { useAuditRecord, useAuditSearch } from './queries';
import { RecordDetails } from './RecordDetails';
import { ResultTable } from './ResultTable';
import { useUrlFilters } from './useUrlFilters';

/** The audit trail search, for auditors and administrators. */
export default function AuditPage() {
  usePageTitle('Audit trail');
  if (!canSearchAuditTrail(useUser())) {
    return (
      <ContentLayout header={<Header variant="h1">Audit trail</Header>}>
        <Alert type="warning" header="Only auditors and administrators can search the audit trail">
          You can verify the history of your workflows. Open a workflow and choose Verify history.
        </Alert>
      </ContentLayout>
    );
  }
  return <AuditSearch />;
}

function AuditSearch() {
  const [filters, setFilters] = useUrlFilters();
  const search = useAuditSearch(filters);
  const [selectedId, setSelectedId] = useState<string | null>(null);
  // The details close if another search doesn't find the record.
  const selected = search.data?.items.find(({ datasetId }) => datasetId === selectedId) ?? null;
  const panel = useMemo<Panel | null>(
    () =>
      selected && {
        header: selected.content?.title || 'Audit record',
        content: <SelectedRecord key={selected.datasetId} datasetId={selected.datasetId} />,
        close: () => setSelectedId(null),
      },
    [selected],
  );
  useSplitPanel(panel);

  return (
    <ContentLayout
      header={
        <Header variant="h1" description="A verifiable record of every action">
          Audit trail
        </Header>
      }
    >
      <SpaceBetween size="l">
        <FilterForm key={toSearchParams(filters).toString()} filters={filters} onSearch={setFilters} />
        {search.missing.length > 0 && (
          <Alert type="warning" header={`Records missing from the audit store: ${search.missing.length}`}>
            The search index lists these records, but the audit store doesn't have them:{' '}
            {search.missing.join(', ')}
          </Alert>
        )}
        <QueryBoundary
          query={search}
          label="audit records"
          empty={
            <Container>
              <EmptyState title="No matching records">Change or clear the filters.</EmptyState>
            </Container>
          }
        >
          {({ items }) => (
            <SpaceBetween size="m">
              <ResultTable
                items={items}
                hasMore={search.hasMore}
                selected={selected}
                onSelect={setSelectedId}
              />
              <LoadMore list={search} />
            </SpaceBetween>
          )}
        </QueryBoundary>
      </SpaceBetween>
    </ContentLayout>
  );
}

/** Fetches the full record: the search returns records without their data. */
function SelectedRecord({ datasetId }: { datasetId: string }) {
  return (
    <QueryBoundary query={useAuditRecord(datasetId)} label="the audit record">
      {(record) => <RecordDetails record={record} />}
    </QueryBoundary>
  );
}
