import { useTranslation } from 'react-i18next';
import { QueryBoundary } from '../components/QueryBoundary';
import type { ListedRecord } from '../proof/checkRecord';
import { useAuditRecord } from './queries';
import { RecordDetails } from './RecordDetails';

interface Props {
  datasetId: string;
  /** The record in the list of the page; null if it isn't there. */
  listed: ListedRecord | null;
}

/** Fetches a record, and shows it next to the list. */
export function RecordPanel({ datasetId, listed }: Props) {
  const { t } = useTranslation('audit');
  return (
    <QueryBoundary query={useAuditRecord(datasetId)} label={t('loading.record')}>
      {(record) => <RecordDetails record={record} listed={listed} hasPageLink />}
    </QueryBoundary>
  );
}
