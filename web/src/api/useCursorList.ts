import { useInfiniteQuery, type QueryKey } from '@tanstack/react-query';

interface CursorPage<Item> {
  items: Item[];
  cursor: string | null;
}

/** A list that is fetched page by page: what has come so far, and how to get more. */
export interface CursorList<Item, Page = CursorPage<Item>> {
  items: Item[];
  pages: Page[];
  isPending: boolean;
  error: Error | null;
  hasMore: boolean;
  isLoadingMore: boolean;
  loadMore: () => void;
  refresh: () => void;
}

/** Follows a cursor list. `fetchPage` gets undefined for the first page, then the last page's cursor. */
export function useCursorList<Item, Page extends CursorPage<Item>>(
  queryKey: QueryKey,
  fetchPage: (cursor: string | undefined) => Promise<Page>,
): CursorList<Item, Page> {
  const query = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam }) => fetchPage(pageParam),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: Page) => page.cursor ?? undefined,
  });
  const pages = query.data?.pages ?? [];
  return {
    items: pages.flatMap((page) => page.items),
    pages,
    isPending: query.isPending,
    error: query.error,
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    loadMore: () => void query.fetchNextPage(),
    refresh: () => void query.refetch(),
  };
}
