import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { AuditRecord } from '../api/types';
import { CheckList } from '../proof/CheckList';
import { checkShownRecords } from '../proof/checkRecord';
import type { Check } from '../proof/checks';
import { ProofBadge, type ProofState } from '../proof/ProofBadge';
import { useCheckAgain, useRecordProof } from '../proof/queries';
import type { RecordResult } from '../proof/results';
import { summarizeRecord } from '../proof/summaries';

/** Shows what the browser has proven about a record, with the details. */
export function RecordProof({ record }: { record: AuditRecord }) {
  const proof = useRecordProof(record.datasetId);
  const checkAgain = useCheckAgain();
  const checks = proof.data && checksFor(proof.data, record);
  return (
    <SpaceBetween size="xs">
      <ProofBadge state={toState(checks, proof.error, record)} />
      <ExpandableSection headerText="Proof details" variant="footer">
        <SpaceBetween size="m">
          {checks && <CheckList label="Checks" checks={checks} />}
          <Button loading={proof.isFetching} onClick={() => void checkAgain()}>
            Check again
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

function checksFor(result: RecordResult, shown: AuditRecord): Check[] {
  switch (result.kind) {
    case 'checked':
      return [...result.checks, checkShownRecords(result.checked, [result.record, shown])];
    case 'missing':
      return [{ name: 'Record', state: 'failed', detail: "The audit trail doesn't have this record." }];
    case 'unreadable':
      return [{ name: 'Record', state: 'failed', detail: 'The stored record is damaged.' }];
  }
}

function Hashes({ record }: { record: AuditRecord }) {
  const { sealed } = record;
  const hashes = {
    Hash: record.hash,
    ...(sealed.workflow && { 'Previous hash': sealed.workflow.previousHash }),
    'Commitment to the person': sealed.personCommitment,
    'Commitment to the content': sealed.contentCommitment,
    'Dataset ID': record.datasetId,
    'Request ID': sealed.requestId,
  };
  return (
    <KeyValuePairs
      columns={1}
      items={Object.entries(hashes).map(([label, value]) => ({
        label,
        value: <Box variant="code">{value}</Box>,
      }))}
    />
  );
}
