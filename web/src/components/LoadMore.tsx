import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import { useTranslation } from 'react-i18next';

interface Props {
  list: { hasMore: boolean; isLoadingMore: boolean; loadMore: () => void };
}

/** Loads the next page of a list. Shows nothing on the last page. */
export function LoadMore({ list }: Props) {
  const { t } = useTranslation('components');
  if (!list.hasMore) return null;
  return (
    <Box textAlign="center">
      <Button loading={list.isLoadingMore} loadingText={t('loadingMore')} onClick={list.loadMore}>
        {t('loadMore')}
      </Button>
    </Box>
  );
}
