import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Steps from '@cloudscape-design/components/steps';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistoryEntry } from '../api/types';
import { QueryBoundary } from '../components/QueryBoundary';
import { useWorkflowProof } from '../proof/queries';
import { DetailsPanel } from './DetailsPanel';
import { HistoryEntryHeader } from './HistoryEntryHeader';
import { actionIndicator, actionLabel } from './labels';
import { useHistory } from './queries';

/** How many entries to show at first, and how many more each time. */
const STEP = 25;

/** Shows the history of a workflow, newest entry first. */
export function HistoryTimeline({ workflowId }: { workflowId: string }) {
  const { t } = useTranslation('workflows');
  const history = useHistory(workflowId);
  const { hasMore, isLoadingMore, loadMore, error } = history;

  // The API has the oldest entries first, and a workflow rarely has more than one page.
  useEffect(() => {
    if (hasMore && !isLoadingMore && !error) loadMore();
  }, [hasMore, isLoadingMore, loadMore, error]);

  return (
    <Container
      header={
        <Header variant="h2" description={t('history.description')}>
          {t('history.header')}
        </Header>
      }
    >
      <QueryBoundary query={history} label={t('history.theHistory')}>
        {({ pages }) => <Entries workflowId={workflowId} pages={pages} />}
      </QueryBoundary>
    </Container>
  );
}

interface EntriesProps {
  workflowId: string;
  pages: { items: HistoryEntry[] }[];
}

function Entries({ workflowId, pages }: EntriesProps) {
  const { t } = useTranslation('workflows');
  const [shown, setShown] = useState(STEP);
  const entries = useMemo(() => pages.flatMap(({ items }) => items), [pages]);
  // The page has fetched these records to check them: they also have what each action changed.
  const { data: results } = useWorkflowProof(workflowId, entries);
  const contentOf = ({ eventId }: HistoryEntry) => {
    const result = results?.records.get(eventId);
    return result?.kind === 'checked' ? result.record.content : null;
  };
  const newest = entries.toReversed().slice(0, shown);
  return (
    <SpaceBetween size="m">
      <Steps
        ariaLabel={t('history.header')}
        steps={newest.map((entry) => ({
          status: actionIndicator(entry.actionType),
          statusIconAriaLabel: actionLabel(entry.actionType),
          header: <HistoryEntryHeader entry={entry} />,
          details: <DetailsPanel entry={entry} content={contentOf(entry)} />,
        }))}
      />
      {entries.length > shown && (
        <Button onClick={() => setShown(shown + STEP)}>{t('history.showEarlier')}</Button>
      )}
    </SpaceBetween>
  );
}
