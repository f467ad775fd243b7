import Alert from '@cloudscape-design/components/alert';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMemo, useState } from 'react';
import type { AuditRecord } from '../api/types';
import { isAuditor } from '../session/user';
import { useUser } from '../session/SessionProvider';
import { ProblemAlert } from '../components/ProblemAlert';
import { useSplitPanel, type Panel } from '../shell/SplitPanelProvider';
import { usePageTitle } from '../components/usePageTitle';
import { FilterForm } from './FilterForm';
import { toSearchParams } from './filters';
import { useAuditSearch } from './queries';
import { RecordDetails } from './RecordDetails';
import { ResultTable } from './ResultTable';
import { useUrlFilters } from './useUrlFilters';

/** The search through the audit trail, for auditors. */
export default function AuditPage() {
  usePageTitle('Audit trail');
  if (!isAuditor(useUser())) {
    return (
      <ContentLayout header={<Header variant="h1">Audit trail</Header>}>
        <Alert type="warning" header="Only auditors search the audit trail">
          You can verify the history of every workflow that you take part in, from its own page.
        </Alert>
      </ContentLayout>
    );
  }
  return <AuditSearch />;
}

function AuditSearch() {
  const [filters, setFilters] = useUrlFilters();
  const search = useAuditSearch(filters);
  const [selected, setSelected] = useState<AuditRecord | null>(null);
  const panel = useMemo<Panel | null>(
    () =>
      selected && {
        header: selected.content?.title ?? 'Audit record',
        content: <RecordDetails record={selected} />,
        close: () => setSelected(null),
      },
    [selected],
  );
  useSplitPanel(panel);

  return (
    <ContentLayout
      header={
        <Header variant="h1" description="What everybody did, as it was sealed at the time">
          Audit trail
        </Header>
      }
    >
      <SpaceBetween size="l">
        <FilterForm key={toSearchParams(filters).toString()} filters={filters} onSearch={setFilters} />
        <ProblemAlert error={search.error} onRetry={search.refresh} />
        {search.missing.length > 0 && (
          <Alert type="warning" header={`${search.missing.length} records are in the index only`}>
            The search knows them, the store does not have them: {search.missing.join(', ')}
          </Alert>
        )}
        <ResultTable search={search} selected={selected} onSelect={setSelected} />
      </SpaceBetween>
    </ContentLayout>
  );
}
