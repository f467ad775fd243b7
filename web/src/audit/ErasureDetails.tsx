import ExpandableSection from '@cloudscape-design/components/expandable-section';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { RecordLinks } from '../components/RecordLinks';
import { DataView } from '../workflows/DataView';

const erasedRecord = z.object({ datasetId: z.string().min(1) });

/** Shows the data of an erasure event, with links to the records that it erased parts of. */
export function ErasureDetails({ after }: { after: Record<string, unknown> }) {
  const { t } = useTranslation('audit');
  const { erased, ...data } = after;
  const datasetIds = Array.isArray(erased)
    ? erased.flatMap((each) => erasedRecord.safeParse(each).data?.datasetId ?? [])
    : [];
  return (
    <SpaceBetween size="s">
      <DataView data={data} />
      <ExpandableSection headerText={t('record.erasedRecords', { total: datasetIds.length })}>
        <RecordLinks datasetIds={datasetIds} />
      </ExpandableSection>
    </SpaceBetween>
  );
}
