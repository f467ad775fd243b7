import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import { useTranslation } from 'react-i18next';
import type { Workflow } from '../api/types';
import { ChangeList } from '../components/ChangeList';
import { findChanges } from '../components/changes';
import { ErasedNote } from '../components/ErasedNote';
import { QueryBoundary } from '../components/QueryBoundary';
import { useNewestRounds, type Round } from './queries';

/** Shows what the requester changed since the round before. Shows nothing in the first round. */
export function RoundChanges({ workflow }: { workflow: Workflow }) {
  return workflow.round > 1 && !workflow.contentErased ? (
    <Comparison workflowId={workflow.workflowId} />
  ) : null;
}

function Comparison({ workflowId }: { workflowId: string }) {
  const { t } = useTranslation('workflows');
  const rounds = useNewestRounds(workflowId);
  return (
    <QueryBoundary query={rounds} label={t('changes.theChanges')}>
      {([newest, previous]) => (newest && previous ? <Changes newest={newest} previous={previous} /> : null)}
    </QueryBoundary>
  );
}

function Changes({ newest, previous }: { newest: Round; previous: Round }) {
  const { t } = useTranslation('workflows');
  const title = t('changes.sinceRound', { round: previous.round });
  return (
    <Container header={<Header variant="h2">{title}</Header>}>
      {previous.contentErased ? (
        <ErasedNote />
      ) : (
        <ChangeList
          label={title}
          changes={[
            ...findChanges({ [t('form.title')]: previous.title }, { [t('form.title')]: newest.title }),
            ...findChanges(previous.data, newest.data),
          ]}
        />
      )}
    </Container>
  );
}
