import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { AuditRecord } from '../api/types';
import { CheckList } from '../proof/CheckList';
import { checkShownRecords, type ListedRecord } from '../proof/checkRecord';
import type { Check } from '../proof/checks';
import { ProofBadge, type ProofState } from '../proof/ProofBadge';
import { useCheckAgain, useRecordProof } from '../proof/queries';
import type { RecordResult } from '../proof/results';
import { summarizeRecord } from '../proof/summaries';

interface Props {
  record: AuditRecord;
  /** The record in a list on the page. */
  listed: ListedRecord | null;
}

/** Shows what the browser has proven about a record, with the details. */
export function RecordProof({ record, listed }: Props) {
  const { t } = useTranslation('audit');
  const proof = useRecordProof(record.datasetId);
  const checkAgain = useCheckAgain();
  const checks = proof.data && checksFor(proof.data, { record, listed }, t);
  return (
    <SpaceBetween size="xs">
      <ProofBadge state={toState(checks, proof.error, record)} />
      <ExpandableSection headerText={t('proof.details')} variant="footer">
        <SpaceBetween size="m">
          {checks && <CheckList label={t('proof.checks')} checks={checks} />}
          <Button loading={proof.isFetching} onClick={() => void checkAgain()}>
            {t('proof.checkAgain')}
          </Button>
          <Hashes record={record} />
        </SpaceBetween>
      </ExpandableSection>
    </SpaceBetween>
  );
}

function toState(checks: Check[] | undefined, error: Error | null, record: AuditRecord): ProofState {
  // After a failed refresh, an earlier result doesn't say anything about the record now.
  if (error) return { kind: 'error', error };
  if (!checks) return { kind: 'verifying' };
  return { kind: 'checked', ...summarizeRecord(checks, record.sealed.occurredAt) };
}

function checksFor(result: RecordResult, shown: Props, t: TFunction<'audit'>): Check[] {
  switch (result.kind) {
    case 'checked': {
      const { checks, checked, record } = result;
      return [...checks, checkShownRecords(checked, [record, shown.record], shown.listed)];
    }
    case 'missing':
      return [{ name: t('proof.record'), state: 'failed', detail: t('proof.missing') }];
    case 'unreadable':
      return [{ name: t('proof.record'), state: 'failed', detail: t('proof.unreadable') }];
  }
}

function Hashes({ record }: { record: AuditRecord }) {
  const { t } = useTranslation('audit');
  const { sealed } = record;
  const hashes: [label: string, value: string][] = [
    [t('hashes.hash'), record.hash],
    ...(sealed.workflow
      ? [[t('hashes.previousHash'), sealed.workflow.previousHash] satisfies [string, string]]
      : []),
    [t('hashes.person'), sealed.personCommitment],
    [t('hashes.content'), sealed.contentCommitment],
    [t('hashes.datasetId'), record.datasetId],
    [t('hashes.requestId'), sealed.requestId],
  ];
  return (
    <KeyValuePairs
      columns={1}
      items={hashes.map(([label, value]) => ({
        label,
        value: <Box variant="code">{value}</Box>,
      }))}
    />
  );
}
