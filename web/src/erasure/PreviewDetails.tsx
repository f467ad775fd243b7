import Alert from '@cloudscape-design/components/alert';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import type { ErasurePreview } from '../api/types';
import { RecordLinks } from '../components/RecordLinks';
import { formatNumber } from '../i18n/format';
import { HeldRecords } from './HeldRecords';
import { formatAmount } from './labels';

/** Shows what an erasure would erase. */
export function PreviewDetails({ preview }: { preview: ErasurePreview }) {
  const { t } = useTranslation('erasure');
  const { records, person, content, workflows, held, datasetIds, complete } = preview;
  const total = formatAmount('records', records);
  return (
    <section aria-label={t('preview.title')}>
      <SpaceBetween size="m">
        {!complete && (
          <Alert type="info" header={t('preview.incomplete')}>
            {t('preview.incompleteDetail')}
          </Alert>
        )}
        <KeyValuePairs
          columns={4}
          items={[
            {
              label: t('preview.records'),
              value: complete ? total : t('preview.atLeast', { records: total }),
            },
            { label: t('parts.person'), value: formatAmount('records', person) },
            { label: t('parts.content'), value: formatAmount('records', content) },
            { label: t('preview.workflows'), value: formatAmount('workflows', workflows) },
            { label: t('heldRecords'), value: <HeldRecords held={held} /> },
          ]}
        />
        {datasetIds.length > 0 && (
          <ExpandableSection
            headerText={
              datasetIds.length < records
                ? t('preview.first', { count: datasetIds.length, number: formatNumber(datasetIds.length) })
                : t('preview.list')
            }
          >
            <RecordLinks datasetIds={datasetIds} />
          </ExpandableSection>
        )}
      </SpaceBetween>
    </section>
  );
}
