import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { AuditRecord } from '../api/types';
import { ProblemAlert } from '../components/ProblemAlert';
import type { RecordCheck } from '../proof/checkRecord';
import { useRecordCheck } from './queries';

/** Shows the hashes of a record, and recomputes them in the browser on request. */
export function RecordProof({ record }: { record: AuditRecord }) {
  const { sealed } = record;
  const check = useRecordCheck(record.datasetId);
  const hashes = {
    Hash: record.hash,
    ...(sealed.workflow && { 'Previous hash': sealed.workflow.previousHash }),
    'Commitment to the person': sealed.personCommitment,
    'Commitment to the content': sealed.contentCommitment,
    'Dataset ID': record.datasetId,
    'Request ID': sealed.requestId,
  };
  return (
    <SpaceBetween size="s">
      <KeyValuePairs
        columns={1}
        items={Object.entries(hashes).map(([label, value]) => ({
          label,
          value: <Box variant="code">{value}</Box>,
        }))}
      />
      <Button loading={check.isFetching} onClick={() => void check.refetch()}>
        Check in this browser
      </Button>
      <ProblemAlert error={check.error} />
      {check.data && !check.error && <CheckResult check={check.data} />}
    </SpaceBetween>
  );
}

const NAMES = { sealed: 'record', person: 'person', content: 'content' } as const;

function CheckResult({ check }: { check: RecordCheck }) {
  const parts = Object.keys(NAMES) as (keyof RecordCheck)[];
  const withResult = (result: string) =>
    parts.filter((part) => check[part] === result).map((part) => NAMES[part]);
  const invalid = withResult('invalid');
  const unavailable = withResult('unavailable');
  return (
    <div role="status">
      {invalid.length > 0 ? (
        <Alert type="error" header="The proof is invalid">
          The hash doesn't match: {invalid.join(', ')}.
        </Alert>
      ) : (
        <Alert type="success" header="The proof is valid">
          Your browser recomputed the hashes: {withResult('valid').join(', ')}.
          {unavailable.length > 0 && ` Not available to check: ${unavailable.join(', ')}.`}
        </Alert>
      )}
    </div>
  );
}
