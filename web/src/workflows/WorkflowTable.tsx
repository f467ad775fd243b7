import Link from '@cloudscape-design/components/link';
import Table from '@cloudscape-design/components/table';
import type { WorkflowSummary } from '../api/types';
import { nameOf, titleOf } from '../components/erased';
import { Timestamp } from '../components/Timestamp';
import { StatusBadge } from './StatusBadge';
import { useSchemeName } from '../schemes/useSchemes';

interface Props {
  label: string;
  items: WorkflowSummary[];
  showRequester?: boolean;
}

/** A table of workflows with links to their pages. */
export function WorkflowTable({ label, items, showRequester = false }: Props) {
  const schemeName = useSchemeName();
  return (
    <Table
      items={items}
      trackBy="workflowId"
      ariaLabels={{ tableLabel: label }}
      columnDefinitions={[
        {
          id: 'title',
          header: 'Title',
          isRowHeader: true,
          minWidth: 220,
          cell: (workflow) => <Link href={`#/workflows/${workflow.workflowId}`}>{titleOf(workflow)}</Link>,
        },
        {
          id: 'status',
          header: 'Status',
          minWidth: 170,
          cell: (workflow) => <StatusBadge status={workflow.status} />,
        },
        { id: 'scheme', header: 'Scheme', cell: (workflow) => schemeName(workflow.scheme) },
        ...(showRequester
          ? [
              {
                id: 'requester',
                header: 'Requester',
                cell: (workflow: WorkflowSummary) => nameOf(workflow.requester),
              },
            ]
          : []),
        { id: 'round', header: 'Round', width: 90, cell: (workflow) => workflow.round },
        {
          id: 'updated',
          header: 'Updated',
          minWidth: 150,
          cell: (workflow) => <Timestamp at={workflow.updatedAt} relative />,
        },
      ]}
    />
  );
}
