import Button from '@cloudscape-design/components/button';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TextFilterProps } from '@cloudscape-design/components/text-filter';
import ToggleButton from '@cloudscape-design/components/toggle-button';
import { Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { WorkflowSummary } from '../api/types';
import { titleOf } from '../components/erased';
import { formatCount } from '../components/formatCount';
import { lazyPart } from '../components/lazyPart';
import { Loading } from '../components/Loading';
import { QueryBoundary } from '../components/QueryBoundary';
import { useSplitPanel } from '../components/SplitPanelProvider';
import { usePageTitle } from '../components/usePageTitle';
import { useWorkflow } from '../workflows/queries';
import { arrange, neighborOf, ROWS_PER_PAGE } from './arrange';
import type { PendingDecision } from './DecideDialog';
import { EmptyView } from './EmptyView';
import { FilterField } from './FilterField';
import { useWorkflowList } from './queries';
import { useShortcutSetting } from './shortcutSetting';
import { useIsNarrow } from './useIsNarrow';
import { useShortcuts, type ShortcutAction } from './useShortcuts';
import { useWorkUrl } from './useWorkUrl';
import { WorkTable } from './WorkTable';
import { isDefaultSort, VIEWS, type WorkUrl } from './workUrl';

type Decision = PendingDecision['action'];

const WorkPreview = lazyPart(async () => (await import('./WorkPreview')).WorkPreview);
const DecideDialog = lazyPart(async () => (await import('./DecideDialog')).DecideDialog);
const ApproveDialog = lazyPart(async () => (await import('./ApproveDialog')).ApproveDialog);
const ShortcutsDialog = lazyPart(async () => (await import('./ShortcutsDialog')).ShortcutsDialog);

/** The user's work: what waits for their decision, what they requested, and what they decided. */
export default function WorkPage() {
  const { t } = useTranslation('work');
  usePageTitle(t('title'));
  const [url, setUrl] = useWorkUrl();
  const list = useWorkflowList(url.view);
  return (
    <ContentLayout
      header={
        <SpaceBetween size="m">
          <Header
            variant="h1"
            description={t(`descriptions.${url.view}`)}
            actions={
              <Button variant="primary" href="#/workflows/new">
                {t('create')}
              </Button>
            }
          >
            {t('title')}
          </Header>
          <div role="group" aria-label={t('viewLabel')}>
            <SpaceBetween direction="horizontal" size="xs">
              {VIEWS.map((view) => (
                <ToggleButton
                  key={view}
                  pressed={view === url.view}
                  onChange={() => setUrl({ view, filter: '', page: 1, selected: undefined })}
                >
                  {t(`views.${view}`)}
                </ToggleButton>
              ))}
            </SpaceBetween>
          </div>
        </SpaceBetween>
      }
    >
      <QueryBoundary query={list} label={t('loading')}>
        {({ items }) => <WorkList key={url.view} url={url} setUrl={setUrl} list={list} items={items} />}
      </QueryBoundary>
    </ContentLayout>
  );
}

interface ListProps {
  url: WorkUrl;
  setUrl: (change: Partial<WorkUrl>) => void;
  list: ReturnType<typeof useWorkflowList>;
  items: WorkflowSummary[];
}

function WorkList({ url, setUrl, list, items }: ListProps) {
  const { t } = useTranslation('work');
  const isNarrow = useIsNarrow();
  const rows = useMemo(() => arrange(items, url.filter, url.sort), [items, url.filter, url.sort]);
  const [checkedIds, setCheckedIds] = useState<ReadonlySet<string>>(new Set());
  const [approving, setApproving] = useState<WorkflowSummary[] | null>(null);
  const [decision, setDecision] = useState<(PendingDecision & { next: string | undefined }) | null>(null);
  const isLoadingAll = useAllItems(list, url);
  // What has left the list can't be approved anymore.
  const checked = items.filter(({ workflowId }) => checkedIds.has(workflowId));
  const { selected } = url;

  const decide = useCallback(
    (action: Decision) => {
      // What was decided leaves the inbox, so the next one is found before that.
      if (selected) setDecision({ workflowId: selected, action, next: neighborOf(rows, selected) });
    },
    [selected, rows],
  );
  const close = useCallback(() => {
    setUrl({ selected: undefined });
    if (selected) focusRow(selected);
  }, [setUrl, selected]);
  usePreview(isNarrow ? undefined : selected, decide, close);

  const select = (workflowId: string | undefined) => {
    const index = rows.findIndex((row) => row.workflowId === workflowId);
    setUrl({ selected: workflowId, page: index < 0 ? url.page : Math.floor(index / ROWS_PER_PAGE) + 1 });
    if (workflowId) focusRow(workflowId);
  };
  const toggle = (workflowId: string) => {
    const ids = new Set(checkedIds);
    if (!ids.delete(workflowId)) ids.add(workflowId);
    setCheckedIds(ids);
  };
  const filterField = useRef<TextFilterProps.Ref>(null);
  const shortcuts = useWorkShortcuts({
    rows,
    selected,
    select,
    decide,
    toggle,
    focusFilter: () => filterField.current?.focus(),
  });

  return (
    <>
      <WorkTable
        url={url}
        onChange={setUrl}
        rows={isLoadingAll ? [] : rows}
        hasMore={list.hasMore}
        isLoading={isLoadingAll || list.isLoadingMore}
        onLoadMore={list.loadMore}
        checked={
          url.view === 'inbox'
            ? {
                items: checked,
                onChange: (next) => setCheckedIds(new Set(next.map(({ workflowId }) => workflowId))),
              }
            : undefined
        }
        header={
          <Header
            counter={formatCount(list)}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button
                  onClick={shortcuts.show}
                  iconName="keyboard"
                  variant="icon"
                  ariaLabel={t('shortcuts.show')}
                />
                {url.view === 'inbox' && (
                  <Button disabled={checked.length === 0} onClick={() => setApproving(checked)}>
                    {checked.length === 0
                      ? t('several.none')
                      : t('several.button', { count: checked.length })}
                  </Button>
                )}
              </SpaceBetween>
            }
          >
            {t(`views.${url.view}`)}
          </Header>
        }
        filter={
          <FilterField
            ref={filterField}
            value={url.filter}
            matches={rows.length}
            onChange={(filter) => setUrl({ filter, page: 1 })}
          />
        }
        empty={
          <EmptyView view={url.view} isFiltered={url.filter !== ''} onClear={() => setUrl({ filter: '' })} />
        }
      />
      <Suspense fallback={null}>
        {decision && (
          <DecideDialog
            decision={decision}
            onClose={() => setDecision(null)}
            onDone={() => {
              if (url.view === 'inbox') select(decision.next);
              setDecision(null);
            }}
          />
        )}
        {approving && (
          <ApproveDialog
            workflows={approving}
            onClose={() => {
              setApproving(null);
              setCheckedIds(new Set());
            }}
          />
        )}
        {shortcuts.dialog}
      </Suspense>
    </>
  );
}

/** Focus the link of a row when it's there. The page with it might have to be shown first. */
function focusRow(workflowId: string) {
  setTimeout(() => {
    document.querySelector<HTMLElement>(`[data-workflow="${CSS.escape(workflowId)}"]`)?.focus();
  });
}

/** Filtering and sorting need all items. Returns whether some are still missing. */
function useAllItems(list: ListProps['list'], url: WorkUrl): boolean {
  const { hasMore, isLoadingMore, error, loadMore } = list;
  const isNeeded = (url.filter !== '' || !isDefaultSort(url.sort)) && hasMore && !error;
  // A link to a later page.
  const isPageMissing = hasMore && !error && (list.data?.items.length ?? 0) <= (url.page - 1) * ROWS_PER_PAGE;
  const isMissing = isNeeded || isPageMissing;
  useEffect(() => {
    if (isMissing && !isLoadingMore) loadMore();
  });
  return isMissing;
}

/** Show the preview of a workflow in the split panel. */
function usePreview(workflowId: string | undefined, onDecide: (action: Decision) => void, close: () => void) {
  const { t } = useTranslation('work');
  const { data } = useWorkflow(workflowId ?? '', workflowId !== undefined);
  const header = data ? titleOf(data.workflow) : t('preview.label');
  useSplitPanel(
    useMemo(
      () =>
        workflowId === undefined
          ? null
          : {
              header,
              content: (
                <Suspense fallback={<Loading />}>
                  <WorkPreview key={workflowId} workflowId={workflowId} onDecide={onDecide} />
                </Suspense>
              ),
              close,
            },
      [workflowId, header, onDecide, close],
    ),
  );
}

interface ShortcutTargets {
  rows: WorkflowSummary[];
  selected: string | undefined;
  select: (workflowId: string) => void;
  decide: (action: Decision) => void;
  toggle: (workflowId: string) => void;
  focusFilter: () => void;
}

/** Handle the keys of the page. Returns the dialog that lists them and a function that opens it. */
function useWorkShortcuts({ rows, selected, select, decide, toggle, focusFilter }: ShortcutTargets) {
  const navigate = useNavigate();
  const [isEnabled, setIsEnabled] = useShortcutSetting();
  const [isShown, setIsShown] = useState(false);

  const move = (by: 1 | -1) => {
    const index = rows.findIndex(({ workflowId }) => workflowId === selected);
    const target = index < 0 ? rows[0] : rows[index + by];
    if (target) select(target.workflowId);
  };
  const isDecidable = (action: Decision) =>
    rows.some(({ workflowId, allowedActions }) => workflowId === selected && allowedActions.includes(action));
  const actions: Record<ShortcutAction, () => void> = {
    next: () => move(1),
    previous: () => move(-1),
    open: () => void (selected && navigate(`/workflows/${selected}`)),
    approve: () => {
      if (isDecidable('APPROVE')) decide('APPROVE');
    },
    reject: () => {
      if (isDecidable('REJECT')) decide('REJECT');
    },
    toggle: () => {
      if (selected) toggle(selected);
    },
    filter: focusFilter,
    help: () => setIsShown(true),
  };
  useShortcuts(isEnabled, (action) => actions[action]());
  const dialog = isShown && (
    <ShortcutsDialog isEnabled={isEnabled} onChange={setIsEnabled} onClose={() => setIsShown(false)} />
  );
  return { dialog, show: () => setIsShown(true) };
}
