import Link from '@cloudscape-design/components/link';
import Pagination from '@cloudscape-design/components/pagination';
import Table, { type TableProps } from '@cloudscape-design/components/table';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { WorkflowSummary } from '../api/types';
import { nameOf, titleOf } from '../components/erased';
import { Timestamp } from '../components/Timestamp';
import { formatNumber } from '../i18n/format';
import { useUser } from '../session/SessionProvider';
import { StatusBadge } from '../workflows/StatusBadge';
import { ROWS_PER_PAGE } from './arrange';
import { KeyData } from './KeyData';
import { useIsNarrow } from './useIsNarrow';
import './work.css';
import { hrefOf, SORT_FIELDS, type WorkUrl } from './workUrl';

interface Props {
  url: WorkUrl;
  onChange: (change: Partial<WorkUrl>) => void;
  /** All rows, of which one page is shown. */
  rows: WorkflowSummary[];
  /** Whether the service has more workflows than those that were fetched. */
  hasMore: boolean;
  isLoading: boolean;
  onLoadMore: () => void;
  /** For approving several. Without it, the rows have no check boxes. */
  checked?: { items: WorkflowSummary[]; onChange: (items: WorkflowSummary[]) => void };
  header: ReactNode;
  filter: ReactNode;
  empty: ReactNode;
}

/** The list of workflows. A title opens the preview; on a phone, which has no room for it, the workflow's page. */
export function WorkTable({ url, onChange, rows, checked, ...props }: Props) {
  const { t } = useTranslation('work');
  const isNarrow = useIsNarrow();
  const columns = useColumns(url, onChange, isNarrow);
  const pages = Math.max(1, Math.ceil(rows.length / ROWS_PER_PAGE));
  const page = Math.min(url.page, pages);
  const first = (page - 1) * ROWS_PER_PAGE;
  const shown = rows.slice(first, first + ROWS_PER_PAGE);

  return (
    <div className="work">
      <Table
        items={shown}
        trackBy="workflowId"
        columnDefinitions={columns}
        header={props.header}
        filter={props.filter}
        empty={props.empty}
        loading={props.isLoading}
        loadingText={t('filter.loading')}
        stickyHeader
        wrapLines
        sortingColumn={{ sortingField: url.sort.field }}
        sortingDescending={url.sort.isDescending}
        onSortingChange={({ detail: { sortingColumn, isDescending = false } }) => {
          const field = SORT_FIELDS.find((each) => each === sortingColumn.sortingField);
          if (field) onChange({ sort: { field, isDescending }, page: 1 });
        }}
        selectionType={checked && 'multi'}
        selectedItems={checked?.items ?? []}
        onSelectionChange={({ detail }) => checked?.onChange(detail.selectedItems)}
        onRowClick={({ detail }) => {
          if (!isNarrow) onChange({ selected: detail.item.workflowId });
        }}
        totalItemsCount={rows.length}
        firstIndex={first + 1}
        renderAriaLive={({ firstIndex, lastIndex, totalItemsCount }) =>
          rows.length === 0
            ? ''
            : t('table.shown', { first: firstIndex, last: lastIndex, count: totalItemsCount ?? rows.length })
        }
        ariaLabels={{
          tableLabel: t(`views.${url.view}`),
          selectionGroupLabel: t('table.selection'),
          allItemsSelectionLabel: () => t('table.selectAll'),
          itemSelectionLabel: (_state, workflow) => t('table.select', { title: titleOf(workflow) }),
        }}
        pagination={
          (pages > 1 || props.hasMore) && (
            <Pagination
              currentPageIndex={page}
              pagesCount={pages}
              openEnd={props.hasMore}
              onChange={({ detail }) => {
                if (detail.currentPageIndex > pages) props.onLoadMore();
                onChange({ page: detail.currentPageIndex });
              }}
              ariaLabels={{
                paginationLabel: t('table.pages'),
                nextPageLabel: t('table.next'),
                previousPageLabel: t('table.previous'),
                pageLabel: (number) => t('table.page', { number: formatNumber(number) }),
              }}
            />
          )
        }
      />
    </div>
  );
}

type Columns = TableProps.ColumnDefinition<WorkflowSummary>[];

/** The columns that the view needs: in the inbox, all have the same status, and in "mine", the same requester. */
function useColumns(url: WorkUrl, onChange: Props['onChange'], isNarrow: boolean): Columns {
  const { t } = useTranslation('work');
  const { userId } = useUser();
  const requesterOf = ({ requester }: WorkflowSummary) =>
    requester.userId === userId ? t('you') : nameOf(requester);

  const title = (workflow: WorkflowSummary) => {
    const { workflowId } = workflow;
    const isSelected = workflowId === url.selected;
    return (
      <div className="work__title">
        <Link
          href={isNarrow ? `#/workflows/${workflowId}` : hrefOf({ ...url, selected: workflowId })}
          nativeAttributes={{ 'data-workflow': workflowId, 'aria-current': isSelected || undefined }}
          onFollow={(event) => {
            if (isNarrow) return;
            // The same as the link, without an entry in the history of the browser.
            event.preventDefault();
            onChange({ selected: workflowId });
          }}
        >
          <span className="excerpt">{titleOf(workflow)}</span>
        </Link>
        <KeyData workflow={workflow} />
        {isNarrow && url.view !== 'mine' && <div>{requesterOf(workflow)}</div>}
        {isNarrow && url.view !== 'inbox' && <StatusBadge status={workflow.status} />}
      </div>
    );
  };

  const columns: Columns = [
    {
      id: 'title',
      header: t('columns.title'),
      sortingField: 'title',
      isRowHeader: true,
      minWidth: isNarrow ? 120 : 200,
      cell: title,
    },
  ];
  if (url.view !== 'mine' && !isNarrow) {
    columns.push({
      id: 'requester',
      header: t('columns.requester'),
      sortingField: 'requester',
      minWidth: 110,
      cell: requesterOf,
    });
  }
  if (url.view !== 'inbox' && !isNarrow) {
    columns.push({
      id: 'status',
      header: t('columns.status'),
      sortingField: 'status',
      minWidth: 130,
      cell: ({ status }) => <StatusBadge status={status} />,
    });
  }
  columns.push({
    id: 'updated',
    header: t('columns.updated'),
    sortingField: 'updated',
    minWidth: 100,
    cell: ({ updatedAt }) => <Timestamp at={updatedAt} relative="short" />,
  });
  return columns;
}
