import Box from '@cloudscape-design/components/box';
import Spinner from '@cloudscape-design/components/spinner';
import { useTranslation } from 'react-i18next';

export function Loading() {
  const { t } = useTranslation('components');
  return (
    <Box textAlign="center" padding="xxxl">
      <span role="status" aria-label={t('loading')}>
        <Spinner size="large" />
      </span>
    </Box>
  );
}
