import Box from '@cloudscape-design/components/box';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** Takes the place of something that was erased. */
export function ErasedNote({ children }: { children?: ReactNode }) {
  const { t } = useTranslation('components');
  return (
    <Box variant="span" color="text-body-secondary">
      {children ?? t('erased')}
    </Box>
  );
}
