import Alert from '@cloudscape-design/components/alert';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ErasurePreview } from '../api/types';
import { HeldRecords } from './HeldRecords';
import { formatNumber } from './labels';
import { RecordLinks } from '../components/RecordLinks';

/** Shows what an erasure would erase. */
export function PreviewDetails({ preview }: { preview: ErasurePreview }) {
  const { records, person, content, workflows, held, datasetIds, complete } = preview;
  const atLeast = complete ? '' : 'at least ';
  return (
    <section aria-label="What would be erased">
      <SpaceBetween size="m">
        {!complete && (
          <Alert type="info" header="The check reached its time limit">
            There can be more than it found. The erasure itself has no time limit.
          </Alert>
        )}
        <KeyValuePairs
          columns={4}
          items={[
            { label: 'Would be erased', value: `${atLeast}${formatNumber(records, 'record')}` },
            { label: 'Personal data', value: formatNumber(person, 'record') },
            { label: 'Content', value: formatNumber(content, 'record') },
            { label: 'In', value: formatNumber(workflows, 'workflow') },
            { label: 'Kept by legal holds', value: <HeldRecords held={held} /> },
          ]}
        />
        {datasetIds.length > 0 && (
          <ExpandableSection
            headerText={datasetIds.length < records ? `The first ${datasetIds.length} records` : 'Records'}
          >
            <RecordLinks datasetIds={datasetIds} />
          </ExpandableSection>
        )}
      </SpaceBetween>
    </section>
  );
}
