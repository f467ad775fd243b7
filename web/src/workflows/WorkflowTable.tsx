import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';
import type { WorkflowSummary } from '../api/types';
import type { CursorList } from '../api/useCursorList';
import { Timestamp } from '../components/Timestamp';
import { LoadMore } from '../components/LoadMore';
import { ProblemAlert } from '../components/ProblemAlert';
import { StatusBadge } from './StatusBadge';
import { useSchemeName } from './useSchemes';

interface Props {
  title: string;
  description: string;
  list: CursorList<WorkflowSummary>;
  empty: ReactNode;
  actions?: ReactNode;
  showRequester?: boolean;
}

/** A list of workflows, each with a link to its page. */
export function WorkflowTable({ title, description, list, empty, actions, showRequester = false }: Props) {
  const schemeName = useSchemeName();
  const count = list.items.length;
  return (
    <SpaceBetween size="m">
      <ProblemAlert error={list.error} onRetry={list.refresh} />
      <Table
        variant="full-page"
        items={list.items}
        trackBy="workflowId"
        loading={list.isPending}
        loadingText="Loading workflows"
        empty={list.error ? 'Nothing could be loaded.' : empty}
        ariaLabels={{ tableLabel: title }}
        header={
          <Header
            variant="awsui-h1-sticky"
            description={description}
            actions={actions}
            counter={count > 0 ? `(${count}${list.hasMore ? '+' : ''})` : undefined}
          >
            {title}
          </Header>
        }
        columnDefinitions={[
          {
            id: 'title',
            header: 'Title',
            isRowHeader: true,
            minWidth: 220,
            cell: (one) => <Link href={`#/workflows/${one.workflowId}`}>{one.title}</Link>,
          },
          {
            id: 'status',
            header: 'Status',
            minWidth: 170,
            cell: (one) => <StatusBadge status={one.status} />,
          },
          { id: 'scheme', header: 'Scheme', cell: (one) => schemeName(one.scheme) },
          ...(showRequester
            ? [{ id: 'requester', header: 'Requester', cell: (one: WorkflowSummary) => one.requester.name }]
            : []),
          { id: 'round', header: 'Round', width: 90, cell: (one) => one.round },
          {
            id: 'updated',
            header: 'Updated',
            minWidth: 150,
            cell: (one) => <Timestamp at={one.updatedAt} short />,
          },
        ]}
        footer={list.hasMore ? <LoadMore list={list} /> : undefined}
      />
    </SpaceBetween>
  );
}
