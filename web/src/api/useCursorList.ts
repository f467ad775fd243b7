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

/**
 * Fetch a cursor list.
 *
 * @param fetchPage Gets undefined for the first page, and the cursor of the last page after that.
 */
export function useCursorList<Item, ItemPage extends Page<Item> = Page<Item>>(
  queryKey: QueryKey,
  fetchPage: (cursor: string | undefined) => Promise<ItemPage>,
): CursorList<Item, ItemPage> {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => fetchPage(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: ItemPage) => page.cursor ?? undefined,
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
