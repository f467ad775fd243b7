import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { LoadMore } from '../components/LoadMore';
import { QueryBoundary } from '../components/QueryBoundary';
import { usePageTitle } from '../components/usePageTitle';
import { formatCount } from '../components/formatCount';
import type { WorkflowView } from '../api/queryKeys';
import { useWorkflowList } from './queries';
import { WorkflowTable } from './WorkflowTable';

interface Props {
  view: WorkflowView;
  title: string;
  description: string;
  /** What to show if there are no workflows. */
  empty: ReactNode;
  actions?: ReactNode;
  showRequester?: boolean;
}

/** A page with one list of workflows. */
export function WorkflowListPage({ view, title, description, empty, actions, showRequester }: Props) {
  const { t } = useTranslation('workflows');
  usePageTitle(title);
  const workflows = useWorkflowList(view);
  return (
    <ContentLayout
      header={
        <Header variant="h1" description={description} actions={actions} counter={formatCount(workflows)}>
          {title}
        </Header>
      }
    >
      <QueryBoundary query={workflows} label={t('list.theWorkflows')} empty={<Container>{empty}</Container>}>
        {({ items }) => (
          <SpaceBetween size="m">
            <WorkflowTable label={title} items={items} showRequester={showRequester} />
            <LoadMore list={workflows} />
          </SpaceBetween>
        )}
      </QueryBoundary>
    </ContentLayout>
  );
}
