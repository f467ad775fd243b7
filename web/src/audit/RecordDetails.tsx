import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { AuditRecord } from '../api/types';
import { Timestamp } from '../components/Timestamp';
import { Comment } from '../workflows/Comment';
import { DataView } from '../workflows/DataView';
import { ACTION_LABELS } from '../workflows/labels';
import { StatusBadge } from '../workflows/StatusBadge';

const code = (text: string | number) => <Box variant="code">{text}</Box>;

/** One audit record, whole: what was done and by whom, what it changed, and what it is sealed with. */
export function RecordDetails({ record }: { record: AuditRecord }) {
  const { sealed, person, content } = record;
  return (
    <SpaceBetween size="l">
      <SpaceBetween direction="horizontal" size="xs">
        <Button href={`#/workflows/${sealed.workflowId}/verification`} iconName="security">
          Verify history
        </Button>
        <Button href={`#/workflows/${sealed.workflowId}`}>Open workflow</Button>
      </SpaceBetween>
      <KeyValuePairs
        columns={3}
        items={[
          { label: 'Action', value: ACTION_LABELS[sealed.actionType] },
          { label: 'Outcome', value: <StatusBadge status={sealed.outcome} /> },
          { label: 'When', value: <Timestamp at={sealed.occurredAt} /> },
          { label: 'Round and sequence', value: `${sealed.round} / ${sealed.sequence}` },
          { label: 'Scheme', value: `${sealed.scheme}, version ${sealed.schemeVersion}` },
          { label: 'Comment', value: content?.comment ? <Comment>{content.comment}</Comment> : '–' },
        ]}
      />
      <section>
        <Header variant="h3">Person</Header>
        {person ? (
          <KeyValuePairs
            columns={3}
            items={[
              { label: 'Name', value: person.name },
              { label: 'E-mail', value: person.email },
              { label: 'Groups', value: person.groups.join(', ') || '–' },
              { label: 'Address', value: person.sourceIp },
              { label: 'Browser', value: <Box fontSize="body-s">{person.userAgent}</Box> },
              { label: 'User ID', value: code(sealed.actionOwner.userId) },
            ]}
          />
        ) : (
          <Box color="text-body-secondary">Erased. The record’s hash and its proofs stay valid.</Box>
        )}
      </section>
      <section>
        <Header variant="h3">Content</Header>
        {content ? (
          <SpaceBetween size="s">
            <DataView data={content.after ?? {}} />
            {content.before && (
              <ExpandableSection headerText="Data before this action">
                <DataView data={content.before} />
              </ExpandableSection>
            )}
          </SpaceBetween>
        ) : (
          <Box color="text-body-secondary">Erased. The record’s hash and its proofs stay valid.</Box>
        )}
      </section>
      <ExpandableSection headerText="Seal" defaultExpanded>
        <KeyValuePairs
          columns={1}
          items={[
            { label: 'Hash', value: code(record.hash) },
            { label: 'Previous hash', value: code(sealed.previousHash) },
            { label: 'Commitment to the person', value: code(sealed.personCommitment) },
            { label: 'Commitment to the content', value: code(sealed.contentCommitment) },
            { label: 'Dataset ID', value: code(record.datasetId) },
            { label: 'Request ID', value: code(sealed.requestId) },
          ]}
        />
      </ExpandableSection>
    </SpaceBetween>
  );
}
