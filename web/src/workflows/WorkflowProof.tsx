import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Workflow } from '../api/types';
import { CheckList } from '../proof/CheckList';
import { verdictOf, type Verdict } from '../proof/checks';
import { checkWorkflow, type EventResult, type WorkflowResult } from '../proof/checkWorkflow';
import { ProofBadge, type ProofState } from '../proof/ProofBadge';
import { useCheckAgain, useWorkflowProof } from '../proof/queries';
import { summarizeWorkflow } from '../proof/summaries';
import { useUser } from '../session/SessionProvider';
import { canSeeDrafts } from '../session/user';
import { useSplitPanel, type Panel } from '../components/SplitPanelProvider';
import { useHistory } from './queries';

/** Shows what the browser has proven about a workflow and its history, with the details in the split panel. */
export function WorkflowProof({ workflow }: { workflow: Workflow }) {
  const { t } = useTranslation('workflows');
  const { workflowId } = workflow;
  const history = useHistory(workflowId);
  const pages = history.data?.pages;
  const { hasMore } = history;
  const entries = useMemo(() => pages?.flatMap(({ items }) => items) ?? [], [pages]);
  const proof = useWorkflowProof(workflowId, entries);
  const { data: results, dataUpdatedAt } = proof;
  const seesDrafts = canSeeDrafts(useUser(), workflow.requester.userId);
  const result = useMemo(
    () =>
      results && checkWorkflow({ workflow, entries, hasMore, seesDrafts }, results, new Date(dataUpdatedAt)),
    [results, workflow, entries, hasMore, seesDrafts, dataUpdatedAt],
  );

  const [isOpen, setIsOpen] = useState(false);
  const panel = useMemo<Panel | null>(
    () =>
      isOpen && result
        ? {
            header: t('proof.details'),
            content: <WorkflowProofDetails result={result} />,
            close: () => setIsOpen(false),
          }
        : null,
    [isOpen, result, t],
  );
  useSplitPanel(panel);

  const error = history.error ?? proof.error;
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <Button href={`#/workflows/${workflowId}/verification`} iconName="security">
              {t('action.verify')}
            </Button>
          }
        >
          {t('proof.header')}
        </Header>
      }
    >
      <ProofBadge
        state={toState(result, error, hasMore, { completed: proof.completed, total: entries.length })}
        action={
          result && (
            <Button variant="inline-link" onClick={() => setIsOpen(true)}>
              {t('proof.show')}
            </Button>
          )
        }
      />
    </Container>
  );
}

function toState(
  result: WorkflowResult | undefined,
  error: Error | null,
  hasMore: boolean,
  progress: { completed: number; total: number },
): ProofState {
  if (error) return { kind: 'error', error };
  if (!result) return { kind: 'verifying', progress };
  return { kind: 'checked', ...summarizeWorkflow(result, hasMore) };
}

function WorkflowProofDetails({ result }: { result: WorkflowResult }) {
  const { t } = useTranslation('workflows');
  const checkAgain = useCheckAgain();
  return (
    <SpaceBetween size="m">
      <Button onClick={() => void checkAgain()}>{t('proof.again')}</Button>
      <CheckList label={t('proof.checks')} checks={result.checks} />
      {result.events.map((event) => (
        <EventChecks key={event.datasetId} event={event} />
      ))}
    </SpaceBetween>
  );
}

const VERDICT_TYPES = { verified: 'success', pending: 'pending', failed: 'error' } as const satisfies Record<
  Verdict,
  string
>;

function EventChecks({ event }: { event: EventResult }) {
  const { t } = useTranslation('workflows');
  const verdict = verdictOf(event.checks);
  return (
    <ExpandableSection
      defaultExpanded={verdict === 'failed'}
      headerText={
        <StatusIndicator type={VERDICT_TYPES[verdict]} iconAriaLabel={t(`proof.verdicts.${verdict}`)}>
          {t('proof.event', { sequence: event.sequence })}
        </StatusIndicator>
      }
    >
      <CheckList label={t('proof.eventChecks', { sequence: event.sequence })} checks={event.checks} />
    </ExpandableSection>
  );
}
