import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import type { AuditRecord } from '../api/types';
import { ChangeList } from '../components/ChangeList';
import { findChanges } from '../components/changes';
import { Comment } from '../components/Comment';
import { ErasedNote } from '../components/ErasedNote';
import { recordHref } from '../components/recordHref';
import { Timestamp } from '../components/Timestamp';
import type { ListedRecord } from '../proof/checkRecord';
import { useSchemeName } from '../schemes/useSchemes';
import { DataView } from '../workflows/DataView';
import { actionLabel } from '../workflows/labels';
import { StatusBadge } from '../workflows/StatusBadge';
import { ErasedPart } from './ErasedPart';
import { ErasureDetails } from './ErasureDetails';
import { RecordProof } from './RecordProof';

interface Props {
  record: AuditRecord;
  /** The same record in a list on the page: the proof checks what it shows as well. */
  listed?: ListedRecord | null;
  /** Whether to offer the record's own page. */
  hasPageLink?: boolean;
}

/** Shows one audit record: the action, who performed it, what it changed, and its proof. */
export function RecordDetails({ record, listed = null, hasPageLink = false }: Props) {
  const { t } = useTranslation('audit');
  const { sealed } = record;
  const { target } = sealed;
  return (
    <SpaceBetween size="l">
      <RecordProof record={record} listed={listed} />
      {(hasPageLink || target.type === 'workflow') && (
        <SpaceBetween direction="horizontal" size="xs">
          {hasPageLink && <Button href={recordHref(record.datasetId)}>{t('record.open')}</Button>}
          {target.type === 'workflow' && (
            <Button href={`#/workflows/${target.id}/verification`} iconName="security">
              {t('record.verify')}
            </Button>
          )}
          {target.type === 'workflow' && (
            <Button href={`#/workflows/${target.id}`}>{t('record.openWorkflow')}</Button>
          )}
        </SpaceBetween>
      )}
      <ActionDetails record={record} />
      <section>
        <Header variant="h3">{t('record.person')}</Header>
        <PersonDetails record={record} />
      </section>
      <section>
        <Header variant="h3">{t('record.content')}</Header>
        <ContentDetails record={record} />
      </section>
    </SpaceBetween>
  );
}

function ActionDetails({ record: { sealed, content } }: { record: AuditRecord }) {
  const { t } = useTranslation('audit');
  const schemeName = useSchemeName();
  const { target, workflow } = sealed;
  return (
    <KeyValuePairs
      columns={3}
      items={[
        { label: t('columns.action'), value: actionLabel(sealed.actionType) },
        { label: t('columns.outcome'), value: <StatusBadge status={sealed.outcome} /> },
        { label: t('columns.occurredAt'), value: <Timestamp at={sealed.occurredAt} exact /> },
        ...(workflow
          ? [
              { label: t('columns.sequence'), value: `${workflow.round} / ${workflow.sequence}` },
              {
                label: t('columns.scheme'),
                value: t('record.schemeVersion', {
                  scheme: schemeName(workflow.scheme),
                  version: workflow.schemeVersion,
                }),
              },
              { label: t('columns.step'), value: workflow.stepId ?? '–' },
            ]
          : [{ label: t('record.target'), value: `${target.type} ${target.id}` }]),
        { label: t('columns.comment'), value: <CommentOrErased content={content} /> },
      ]}
    />
  );
}

function PersonDetails({ record }: { record: AuditRecord }) {
  const { t } = useTranslation('audit');
  const { sealed, person, redacted } = record;
  const isRedacted = redacted.includes('person');
  if (!person) return <ErasedPart datasetId={record.datasetId} part="person" />;
  return (
    <SpaceBetween size="xs">
      <KeyValuePairs
        columns={3}
        items={[
          { label: t('person.name'), value: person.name || '–' },
          ...(isRedacted
            ? []
            : [
                { label: t('person.email'), value: person.email ?? '–' },
                { label: t('person.groups'), value: person.groups?.join(', ') || '–' },
                { label: t('person.sourceIp'), value: person.sourceIp ?? '–' },
                {
                  label: t('person.userAgent'),
                  value: <Box fontSize="body-s">{person.userAgent ?? '–'}</Box>,
                },
              ]),
          { label: t('person.userId'), value: <Box variant="code">{sealed.actionOwner.id}</Box> },
        ]}
      />
      {isRedacted && <Box color="text-body-secondary">{t('person.withheld')}</Box>}
    </SpaceBetween>
  );
}

function ContentDetails({ record }: { record: AuditRecord }) {
  const { t } = useTranslation('audit');
  const { content } = record;
  if (!content) return <ErasedPart datasetId={record.datasetId} part="content" />;
  const after = content.after ?? {};
  return (
    <SpaceBetween size="s">
      {content.before && (
        <div>
          <Header variant="h3">{t('record.changes')}</Header>
          <ChangeList changes={findChanges(content.before, after)} label={t('record.changes')} />
        </div>
      )}
      {record.sealed.actionType === 'ERASE' ? <ErasureDetails after={after} /> : <DataView data={after} />}
      {content.before && (
        <ExpandableSection headerText={t('record.before')}>
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
