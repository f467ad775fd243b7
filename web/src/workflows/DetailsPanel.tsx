import Box from '@cloudscape-design/components/box';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { HistoryEntry, VerifiableRecord } from '../api/types';
import { ChangeList } from '../components/ChangeList';
import { findChanges } from '../components/changes';
import { Comment } from '../components/Comment';
import { ErasedNote } from '../components/ErasedNote';

interface Props {
  entry: HistoryEntry;
  /** What the audit trail has about the entry, once it is loaded. */
  content: VerifiableRecord['content'];
}

/** Shows the comment of a history entry, what it changed, and its hashes on request. */
export function DetailsPanel({ entry, content }: Props) {
  const { t } = useTranslation('workflows');
  return (
    <SpaceBetween size="xxs">
      {entry.comment && <Comment>{entry.comment}</Comment>}
      {entry.contentErased && <ErasedNote>{t('history.erased')}</ErasedNote>}
      {content?.before && content.after && <Changes before={content.before} after={content.after} />}
      <ExpandableSection
        variant="inline"
        headerText={
          <Box variant="span" fontSize="body-s" fontWeight="normal" color="text-body-secondary">
            {t('history.event', { sequence: entry.sequence })}
          </Box>
        }
      >
        <Box fontSize="body-s" color="text-body-secondary">
          {t('history.hash')} <Box variant="code">{entry.hash}</Box>
          <br />
          {t('history.previousHash')} <Box variant="code">{entry.previousHash}</Box>
        </Box>
      </ExpandableSection>
    </SpaceBetween>
  );
}

type Content = NonNullable<NonNullable<VerifiableRecord['content']>['before']>;

function Changes({ before, after }: { before: Content; after: Content }) {
  const { t } = useTranslation('workflows');
  const changes = useMemo(() => findChanges(before, after), [before, after]);
  if (changes.length === 0) return null;
  const label = t('history.changed', { count: changes.length });
  return (
    <ExpandableSection variant="inline" headerText={label}>
      <ChangeList changes={changes} label={label} />
    </ExpandableSection>
  );
}
