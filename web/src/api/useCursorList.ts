import { useInfiniteQuery, type QueryKey } from '@tanstack/react-query';
import type { Page } from '../api/types';

/** A list that is fetched page by page. */
export interface CursorList<Item, ItemPage extends Page<Item> = Page<Item>> {
  /** What was fetched so far; undefined until the first page arrives. */
  data: { items: Item[]; pages: ItemPage[] } | undefined;
  error: Error | null;
  hasMore: boolean;
  isLoadingMore: boolean;
  loadMore: () => void;
  refetch: () => void;
}

interface Options {
  /** Whether to fetch it now. */
  isEnabled?: boolean;
  /** How long to show it without fetching it again (ms), such as for a list that live updates change. */
  staleTime?: number;
}

/**
 * Fetch a cursor list.
 *
 * @param fetchPage Gets undefined for the first page, and the cursor of the last page after that.
 * @param refetchInterval When to fetch the list again (ms), or false. Gets what was fetched so far.
 */
export function useCursorList<Item, ItemPage extends Page<Item> = Page<Item>>(
  queryKey: QueryKey,
  fetchPage: (cursor: string | undefined) => Promise<ItemPage>,
  refetchInterval: (items: Item[]) => number | false = () => false,
  { isEnabled = true, staleTime }: Options = {},
): CursorList<Item, ItemPage> {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => fetchPage(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: ItemPage) => page.cursor ?? undefined,
    enabled: isEnabled,
    staleTime,
    refetchInterval: ({ state: { data } }) =>
      refetchInterval(data?.pages.flatMap((page) => page.items) ?? []),
  });
  const pages = query.data?.pages;
  return {
    data: pages && { items: pages.flatMap((page) => page.items), pages },
    error: query.error,
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
    refetch: () => void query.refetch(),
  };
}
