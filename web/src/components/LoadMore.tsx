import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';

interface Props {
  list: { hasMore: boolean; isLoadingMore: boolean; loadMore: () => void };
}

/** Loads the next page of a list. Shows nothing on the last page. */
export function LoadMore({ list }: Props) {
  if (!list.hasMore) return null;
  return (
    <Box textAlign="center">
      <Button loading={list.isLoadingMore} loadingText="Loading more" onClick={list.loadMore}>
        Load more
      </Button>
    </Box>
  );
}
