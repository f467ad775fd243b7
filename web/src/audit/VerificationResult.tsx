import Alert, { type AlertProps } from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { useTranslation } from 'react-i18next';
import type { VerificationState } from '../api/types';
import { recordHref } from '../components/recordHref';
import { SimpleTable } from '../components/SimpleTable';
import { Timestamp } from '../components/Timestamp';
import { formatNumber } from '../i18n/format';
import { formatSequences } from '../proof/checkWorkflow';
import { outcomeLabel } from '../workflows/labels';
import { verdictOn, type Comparison, type Verdict } from './compareWithWorkflow';
import { describeFindings, type FindingText } from './findings';
import { saveFile } from './saveFile';
import type { CombinedVerification } from './verification';
import { reportFileName, toReport } from './verificationReport';

interface Props {
  verification: CombinedVerification;
  /** Undefined until the workflow is compared. */
  comparison: Comparison | undefined;
  /** The title of the workflow; null if it couldn't be fetched. */
  title: string | null;
  checkedAt: Date;
}

/** Shows what was checked, the verdict, and the findings. */
export function VerificationResult(props: Props) {
  const { t } = useTranslation('audit');
  const { verification, comparison } = props;
  const findings = describeFindings(t, verification, comparison);
  return (
    <SpaceBetween size="l">
      <VerdictAlert {...props} findings={findings} />
      <Summary {...props} findings={findings} />
      {findings.length > 0 && <FindingTable findings={findings} />}
      <CheckTable {...props} />
    </SpaceBetween>
  );
}

type WithFindings = Props & { findings: FindingText[] };

const ALERTS: Record<Verdict, AlertProps.Type> = {
  verifying: 'info',
  invalid: 'error',
  'not-compared': 'warning',
  pending: 'success',
  valid: 'success',
};

function VerdictAlert({ verification, comparison, findings }: WithFindings) {
  const { t } = useTranslation('audit');
  const verdict = verdictOn(verification, comparison);
  const [first] = findings;
  const others = findings.length - 1;
  const notChecked = CHECKS.filter((id) => verification.checked[id] === 'not-checked').map((id) =>
    t(`checks.${id}.name`),
  );
  const sentences = [
    t('verdict.checked', { count: verification.events, events: formatNumber(verification.events) }),
    t(`verdict.${verdict}.detail`),
    ...(first ? [first.sentence] : []),
    ...(first && others > 0 ? [t('verdict.others', { count: others })] : []),
    ...(verification.pending > 0 ? [t('verdict.sealing', { count: verification.pending })] : []),
    ...(comparison && comparison.pending.length > 0
      ? [t('verdict.onTheirWay', { events: formatSequences(comparison.pending) })]
      : []),
    ...(verdict === 'valid' && comparison?.isHashCompared === false ? [t('verdict.hiddenHash')] : []),
    ...(verification.isComplete && notChecked.length > 0
      ? [t('verdict.notChecked', { checks: notChecked.join(', ') })]
      : []),
  ];
  return (
    <div role="status">
      <Alert type={ALERTS[verdict]} header={t(`verdict.${verdict}.header`)}>
        {sentences.filter(Boolean).join(' ')}
      </Alert>
    </div>
  );
}

function Summary(props: WithFindings) {
  const { t } = useTranslation('audit');
  const { verification, title, checkedAt } = props;
  const { workflowId, events, sealed, pending, attested, checkpoint, headHash } = verification;
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <div className="no-print">
              <SpaceBetween direction="horizontal" size="xs">
                <Button iconName="download" onClick={() => saveReport(props)}>
                  {t('verification.download')}
                </Button>
                <Button onClick={() => window.print()}>{t('verification.print')}</Button>
              </SpaceBetween>
            </div>
          }
        >
          {title || t('verification.result')}
        </Header>
      }
    >
      <KeyValuePairs
        columns={3}
        items={[
          { label: t('verification.checkedAt'), value: <Timestamp at={checkedAt.toISOString()} exact /> },
          { label: t('verification.events'), value: formatNumber(events) },
          { label: t('verification.sealed'), value: formatNumber(sealed) },
          {
            label: t('verification.pending'),
            value: pending === 0 ? formatNumber(0) : t('verification.pendingNote', { count: pending }),
          },
          {
            label: t('verification.checkpoint'),
            value: checkpoint ? (
              <>
                {t('verification.checkpointSize', {
                  count: checkpoint.size,
                  entries: formatNumber(checkpoint.size),
                })}{' '}
                <Timestamp at={checkpoint.signedAt} exact />
              </>
            ) : (
              t('verification.noCheckpoint')
            ),
          },
          {
            label: t('verification.attested'),
            value: attested
              ? t('verification.attestedState', {
                  version: attested.version,
                  status: outcomeLabel(attested.status),
                })
              : t('verification.notAttested'),
          },
          {
            label: t('filter.properties.workflowId'),
            value: (
              <Link href={`#/workflows/${workflowId}`}>
                <Box variant="code">{workflowId}</Box>
              </Link>
            ),
          },
          { label: t('verification.headHash'), value: <Box variant="code">{headHash ?? '–'}</Box> },
        ]}
      />
    </Container>
  );
}

function saveReport({ verification, comparison, title, checkedAt, findings }: WithFindings) {
  const report = toReport({ verification, comparison, title, checkedAt, findings });
  saveFile(reportFileName(verification.workflowId), JSON.stringify(report, null, 2), 'application/json');
}

const CHECK_TYPES: Record<VerificationState, StatusIndicatorProps.Type> = {
  valid: 'success',
  invalid: 'error',
  'not-checked': 'stopped',
};

const CHECKS = ['chain', 'commitments', 'inclusion', 'checkpoint', 'attestedState'] as const;

function CheckTable({ verification: { checked }, comparison }: Props) {
  const { t } = useTranslation('audit');
  const workflow =
    comparison?.state === 'valid' && !comparison.isHashCompared ? 'workflowVersion' : 'workflow';
  const items = [
    ...CHECKS.map((id) => ({ id, state: checked[id] })),
    { id: workflow, state: comparison?.state ?? 'not-checked' } as const,
  ];
  return (
    <SimpleTable
      title={t('checks.title')}
      items={items}
      trackBy="id"
      columns={[
        { id: 'name', header: t('checks.check'), minWidth: 90, cell: ({ id }) => t(`checks.${id}.name`) },
        {
          id: 'state',
          header: t('checks.result'),
          minWidth: 90,
          cell: ({ state }) => (
            <StatusIndicator type={CHECK_TYPES[state]}>{t(`checks.states.${state}`)}</StatusIndicator>
          ),
        },
        {
          id: 'against',
          header: t('checks.against'),
          minWidth: 130,
          cell: ({ id }) => t(`checks.${id}.against`),
        },
      ]}
    />
  );
}

function FindingTable({ findings }: { findings: FindingText[] }) {
  const { t } = useTranslation('audit');
  return (
    <SimpleTable
      title={t('findings.title')}
      counter={`(${formatNumber(findings.length)})`}
      items={findings}
      columns={[
        { id: 'sentence', header: t('findings.finding'), minWidth: 220, cell: ({ sentence }) => sentence },
        {
          id: 'event',
          header: t('findings.event'),
          minWidth: 110,
          cell: ({ sequence, datasetId }) =>
            datasetId ? (
              <Link href={recordHref(datasetId)}>{t('findings.record', { sequence })}</Link>
            ) : (
              t('findings.record', { sequence })
            ),
        },
        { id: 'detail', header: t('findings.detail'), minWidth: 200, cell: ({ detail }) => detail || '–' },
        {
          id: 'code',
          header: t('findings.code'),
          minWidth: 150,
          cell: ({ code }) => <Box variant="code">{code}</Box>,
        },
      ]}
    />
  );
}
