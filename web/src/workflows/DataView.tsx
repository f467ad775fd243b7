import Box from '@cloudscape-design/components/box';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import type { ReactNode } from 'react';

function formatValue(value: unknown): ReactNode {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  if (typeof value === 'string') return value || '–';
  // The same digits as in the record. Separators would turn the year 2026 into 2,026.
  if (typeof value === 'number') return String(value);
  return (
    <Box variant="pre" fontSize="body-s">
      {JSON.stringify(value, null, 2)}
    </Box>
  );
}

/** Shows the data of a workflow. */
export function DataView({ data, columns = 3 }: { data: Record<string, unknown>; columns?: number }) {
  const entries = Object.entries(data);
  if (entries.length === 0) return <Box color="text-body-secondary">No data</Box>;
  return (
    <div className="data">
      <KeyValuePairs
        columns={columns}
        items={entries.map(([label, value]) => ({ label, value: formatValue(value) }))}
      />
    </div>
  );
}
