import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import type { Workflow } from '../api/types';
import { ErasedNote } from '../components/ErasedNote';
import { nameOf } from '../components/erased';
import { Timestamp } from '../components/Timestamp';
import { useSchemeName } from '../schemes/useSchemes';
import { useUser } from '../session/SessionProvider';
import { ApproverBadges } from './ApproverBadges';
import { actionLabel } from './labels';
import { DataView } from './DataView';

/** Shows who requests and who approves, and the data of a workflow. */
export function WorkflowSummaryPanels({ workflow }: { workflow: Workflow }) {
  const { t } = useTranslation('workflows');
  const schemeName = useSchemeName();
  const { userId } = useUser();
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2">{t('data.header')}</Header>}>
        {workflow.contentErased ? (
          <ErasedNote>{t('page.erased')}</ErasedNote>
        ) : (
          <DataView data={workflow.data} />
        )}
      </Container>
      <Container header={<Header variant="h2">{t('page.overview')}</Header>}>
        <KeyValuePairs
          columns={4}
          items={[
            {
              label: t('page.requester'),
              value: workflow.requester.userId === userId ? t('approvers.you') : nameOf(workflow.requester),
            },
            { label: t('page.approvers'), value: <ApproverBadges approvers={workflow.approvers} /> },
            { label: t('page.decisions'), value: <Decisions workflow={workflow} userId={userId} /> },
            { label: t('page.round'), value: workflow.round },
            {
              label: t('page.scheme'),
              value: t('page.schemeVersion', {
                scheme: schemeName(workflow.scheme),
                version: workflow.schemeVersion,
              }),
            },
            { label: t('page.created'), value: <Timestamp at={workflow.createdAt} /> },
            { label: t('page.updated'), value: <Timestamp at={workflow.updatedAt} /> },
            { label: t('page.workflowId'), value: <Box variant="code">{workflow.workflowId}</Box> },
          ]}
        />
      </Container>
    </SpaceBetween>
  );
}

/** Who decided in this round. */
function Decisions({ workflow, userId }: { workflow: Workflow; userId: string }) {
  const { t } = useTranslation('workflows');
  if (workflow.decidedBy.length === 0) return <>{t('page.noDecision')}</>;
  return (
    <SpaceBetween size="xxs">
      {workflow.decidedBy.map((decision) => (
        <span key={`${decision.userId} ${decision.at}`}>
          {t('page.decidedBy', {
            action: actionLabel(decision.actionType),
            name:
              decision.userId === userId
                ? t('history.you')
                : (decision.name ?? t('approvers.unknown', { count: 1 })),
          })}
          {' · '}
          <Timestamp at={decision.at} relative />
        </span>
      ))}
    </SpaceBetween>
  );
}
