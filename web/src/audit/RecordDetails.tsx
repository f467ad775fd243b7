import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { AuditRecord } from '../api/types';
import { ErasedNote } from '../components/ErasedNote';
import { Timestamp } from '../components/Timestamp';
import { Comment } from '../components/Comment';
import { DataView } from '../workflows/DataView';
import { actionLabel } from '../workflows/labels';
import { StatusBadge } from '../workflows/StatusBadge';
import { useSchemeName } from '../schemes/useSchemes';
import { ErasedPart } from './ErasedPart';
import { ErasureDetails } from './ErasureDetails';
import { RecordProof } from './RecordProof';

/** Shows one audit record: the action, who performed it, what it changed, and its proof. */
export function RecordDetails({ record }: { record: AuditRecord }) {
  const { sealed, content } = record;
  const { target, workflow } = sealed;
  const schemeName = useSchemeName();
  return (
    <SpaceBetween size="l">
      <RecordProof record={record} />
      {target.type === 'workflow' && (
        <SpaceBetween direction="horizontal" size="xs">
          <Button href={`#/workflows/${target.id}/verification`} iconName="security">
            Verify history
          </Button>
          <Button href={`#/workflows/${target.id}`}>Open workflow</Button>
        </SpaceBetween>
      )}
      <KeyValuePairs
        columns={3}
        items={[
          { label: 'Action', value: actionLabel(sealed.actionType) },
          { label: 'Outcome', value: <StatusBadge status={sealed.outcome} /> },
          { label: 'When', value: <Timestamp at={sealed.occurredAt} /> },
          ...(workflow
            ? [
                { label: 'Round and sequence', value: `${workflow.round} / ${workflow.sequence}` },
                {
                  label: 'Scheme',
                  value: `${schemeName(workflow.scheme)}, version ${workflow.schemeVersion}`,
                },
              ]
            : [{ label: 'Target', value: `${target.type} ${target.id}` }]),
          { label: 'Comment', value: <CommentOrErased content={content} /> },
        ]}
      />
      <section>
        <Header variant="h3">Person</Header>
        <PersonDetails record={record} />
      </section>
      <section>
        <Header variant="h3">Content</Header>
        <ContentDetails record={record} />
      </section>
    </SpaceBetween>
  );
}

function PersonDetails({ record }: { record: AuditRecord }) {
  const { sealed, person, redacted } = record;
  const isRedacted = redacted.includes('person');
  if (!person) return <ErasedPart datasetId={record.datasetId} part="person" />;
  return (
    <SpaceBetween size="xs">
      <KeyValuePairs
        columns={3}
        items={[
          { label: 'Name', value: person.name || '–' },
          ...(isRedacted
            ? []
            : [
                { label: 'Email', value: person.email ?? '–' },
                { label: 'Groups', value: person.groups?.join(', ') || '–' },
                { label: 'IP address', value: person.sourceIp ?? '–' },
                {
                  label: 'Browser',
                  value: <Box fontSize="body-s">{person.userAgent ?? '–'}</Box>,
                },
              ]),
          { label: 'User ID', value: <Box variant="code">{sealed.actionOwner.id}</Box> },
        ]}
      />
      {isRedacted && (
        <Box color="text-body-secondary">Only auditors and administrators can see the contact details.</Box>
      )}
    </SpaceBetween>
  );
}

function ContentDetails({ record }: { record: AuditRecord }) {
  const { content } = record;
  if (!content) return <ErasedPart datasetId={record.datasetId} part="content" />;
  return (
    <SpaceBetween size="s">
      {record.sealed.actionType === 'ERASE' ? (
        <ErasureDetails after={content.after ?? {}} />
      ) : (
        <DataView data={content.after ?? {}} />
      )}
      {content.before && (
        <ExpandableSection headerText="Data before this action">
          <DataView data={content.before} />
        </ExpandableSection>
      )}
    </SpaceBetween>
  );
}

function CommentOrErased({ content }: Pick<AuditRecord, 'content'>) {
  if (!content) return <ErasedNote />;
  return content.comment ? <Comment>{content.comment}</Comment> : '–';
}
