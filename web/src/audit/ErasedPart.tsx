import Link from '@cloudscape-design/components/link';
import type { Part } from '../api/types';
import { ErasedNote } from '../components/ErasedNote';
import { useRecordProof } from '../proof/queries';

/** Takes the place of a missing part of a record: names the event that erased it. The proof says whether it is true. */
export function ErasedPart({ datasetId, part }: { datasetId: string; part: Part }) {
  const { data } = useRecordProof(datasetId);
  const hint = data?.kind === 'checked' && data.record.erased.find((each) => each.part === part);
  return (
    <ErasedNote>
      Erased
      {hint && (
        <>
          {' by '}
          <Link href={`#/audit/${hint.erasedBy}`}>event {hint.erasedBy}</Link>
        </>
      )}
      . The hash of the record is still valid.
    </ErasedNote>
  );
}
