import Box from '@cloudscape-design/components/box';
import type { ReactNode } from 'react';

/** What an empty list says instead of rows. */
export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <Box textAlign="center" color="inherit" padding={{ vertical: 'l' }}>
      <Box variant="strong" color="inherit">
        {title}
      </Box>
      {children && (
        <Box padding={{ top: 'xs' }} color="text-body-secondary">
          {children}
        </Box>
      )}
    </Box>
  );
}
