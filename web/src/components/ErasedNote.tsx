import Box from '@cloudscape-design/components/box';
import type { ReactNode } from 'react';
import { ERASED } from './erased';

/** Takes the place of something that was erased. */
export function ErasedNote({ children = ERASED }: { children?: ReactNode }) {
  return (
    <Box variant="span" color="text-body-secondary">
      {children}
    </Box>
  );
}
