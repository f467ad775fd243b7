import Box from '@cloudscape-design/components/box';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import type { ReactNode } from 'react';

function shown(value: unknown): ReactNode {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'string') return value || '–';
  // As it is in the record: a separator would turn the year 2026 into 2,026.
  if (typeof value === 'number') return String(value);
  return (
    <Box variant="pre" fontSize="body-s">
      {JSON.stringify(value, null, 2)}
    </Box>
  );
}

/** A workflow's data to read. */
export function DataView({ data, columns = 3 }: { data: Record<string, unknown>; columns?: number }) {
  const entries = Object.entries(data);
  if (entries.length === 0) return <Box color="text-body-secondary">No data</Box>;
  return (
    <div className="data">
      <KeyValuePairs
        columns={columns}
        items={entries.map(([label, value]) => ({ label, value: shown(value) }))}
      />
    </div>
  );
}
