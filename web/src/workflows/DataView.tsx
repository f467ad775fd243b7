import Box from '@cloudscape-design/components/box';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import { useTranslation } from 'react-i18next';
import { ValueView } from '../components/ValueView';

/** Shows the data of a workflow. */
export function DataView({ data, columns = 3 }: { data: Record<string, unknown>; columns?: number }) {
  const { t } = useTranslation('workflows');
  const entries = Object.entries(data);
  if (entries.length === 0) return <Box color="text-body-secondary">{t('data.none')}</Box>;
  return (
    <div className="data">
      <KeyValuePairs
        columns={columns}
        minColumnWidth={220}
        items={entries.map(([label, value]) => ({ label, value: <ValueView value={value} /> }))}
      />
    </div>
  );
}
