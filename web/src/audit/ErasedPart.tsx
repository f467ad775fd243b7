import Link from '@cloudscape-design/components/link';
import { Trans, useTranslation } from 'react-i18next';
import type { Part } from '../api/types';
import { ErasedNote } from '../components/ErasedNote';
import { recordHref } from '../components/recordHref';
import { useRecordProof } from '../proof/queries';

/** Takes the place of a missing part of a record: names the event that erased it. The proof says whether it is true. */
export function ErasedPart({ datasetId, part }: { datasetId: string; part: Part }) {
  const { t } = useTranslation('audit');
  const { data } = useRecordProof(datasetId);
  const hint = data?.kind === 'checked' && data.record.erased.find((each) => each.part === part);
  return (
    <ErasedNote>
      {hint ? (
        <Trans
          t={t}
          i18nKey="record.erasedBy"
          values={{ event: hint.erasedBy }}
          components={{ event: <Link href={recordHref(hint.erasedBy)} /> }}
        />
      ) : (
        t('record.erased')
      )}
    </ErasedNote>
  );
}
