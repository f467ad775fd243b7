import Link from '@cloudscape-design/components/link';
import Table from '@cloudscape-design/components/table';
import { useTranslation } from 'react-i18next';
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
  const { t } = useTranslation('workflows');
  const schemeName = useSchemeName();
  return (
    <Table
      items={items}
      trackBy="workflowId"
      ariaLabels={{ tableLabel: label }}
      columnDefinitions={[
        {
          id: 'title',
          header: t('list.title'),
          isRowHeader: true,
          minWidth: 220,
          cell: (workflow) => <Link href={`#/workflows/${workflow.workflowId}`}>{titleOf(workflow)}</Link>,
        },
        {
          id: 'status',
          header: t('list.status'),
          minWidth: 170,
          cell: (workflow) => <StatusBadge status={workflow.status} />,
        },
        { id: 'scheme', header: t('list.scheme'), cell: (workflow) => schemeName(workflow.scheme) },
        ...(showRequester
          ? [
              {
                id: 'requester',
                header: t('list.requester'),
                cell: (workflow: WorkflowSummary) => nameOf(workflow.requester),
              },
            ]
          : []),
        { id: 'round', header: t('list.round'), width: 90, cell: (workflow) => workflow.round },
        {
          id: 'updated',
          header: t('list.updated'),
          minWidth: 150,
          cell: (workflow) => <Timestamp at={workflow.updatedAt} relative />,
        },
      ]}
    />
  );
}
