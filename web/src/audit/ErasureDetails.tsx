import ExpandableSection from '@cloudscape-design/components/expandable-section';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { RecordLinks } from '../components/RecordLinks';
import { DataView } from '../workflows/DataView';

/** Shows the data of an erasure event, with links to the records that it erased parts of. */
export function ErasureDetails({ after }: { after: Record<string, unknown> }) {
  const { erased, ...data } = after;
  const datasetIds = Array.isArray(erased) ? erased.map(datasetIdOf).filter((id) => id !== '') : [];
  return (
    <SpaceBetween size="s">
      <DataView data={data} />
      <ExpandableSection headerText={`Erased records (${datasetIds.length})`}>
        <RecordLinks datasetIds={datasetIds} />
      </ExpandableSection>
    </SpaceBetween>
  );
}

function datasetIdOf(erased: unknown): string {
  const { datasetId } = (erased ?? {}) as { datasetId?: unknown };
  return typeof datasetId === 'string' ? datasetId : '';
}
