import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { Trans, useTranslation } from 'react-i18next';
import { Timestamp } from '../components/Timestamp';
import { formatNumber } from '../i18n/format';
import { CheckList } from '../proof/CheckList';
import { SEALING_LIMIT_MS } from '../proof/checks';
import { ProofBadge, type ProofState } from '../proof/ProofBadge';
import { summarizeCheckpoint } from '../proof/summaries';
import type { CheckedCheckpoint } from '../proof/trustedLog';
import type { Integrity } from '../api/types';

interface Props {
  integrity: Integrity;
  /** The newest checkpoint after the checks of the browser; undefined while they run. */
  checked: CheckedCheckpoint | undefined;
  error: Error | null;
}

/** Shows the newest checkpoint, and how far the log and the manifests are behind. */
export function CheckpointPanel({ integrity, checked, error }: Props) {
  const { t } = useTranslation('integrity');
  const { checkpoint, lagSeconds, pendingEntries, oldestPendingAt, manifests, reconciledAt } = integrity;
  return (
    <Container header={<Header variant="h2">{t('checkpoint.title')}</Header>}>
      <SpaceBetween size="m">
        {checkpoint ? (
          <ProofBadge state={toState(checked, error)} />
        ) : (
          <StatusIndicator type="pending">{t('checkpoint.none')}</StatusIndicator>
        )}
        <KeyValuePairs
          columns={4}
          items={[
            { label: t('checkpoint.entries'), value: formatNumber(checkpoint?.size ?? 0) },
            {
              label: t('checkpoint.signed'),
              value: checkpoint ? <Timestamp at={checkpoint.signedAt} relative /> : '–',
            },
            { label: t('checkpoint.behind'), value: <Lag seconds={lagSeconds} /> },
            {
              label: t('checkpoint.pending'),
              value: (
                <>
                  {formatNumber(pendingEntries)}{' '}
                  {oldestPendingAt && (
                    <Trans
                      t={t}
                      i18nKey="checkpoint.oldest"
                      components={{ time: <Timestamp at={oldestPendingAt} relative /> }}
                    />
                  )}
                </>
              ),
            },
            { label: t('checkpoint.newestManifest'), value: <TimeOrDash at={manifests.newest} /> },
            { label: t('checkpoint.checkedThrough'), value: <TimeOrDash at={manifests.checkedThrough} /> },
            { label: t('checkpoint.reconciledAt'), value: <TimeOrDash at={reconciledAt} /> },
            { label: t('checkpoint.log'), value: <Box variant="code">{checkpoint?.origin ?? '–'}</Box> },
            {
              label: t('checkpoint.rootHash'),
              value: <Box variant="code">{checkpoint?.rootHash ?? '–'}</Box>,
            },
          ]}
        />
        {checked && (
          <ExpandableSection headerText={t('checkpoint.details')} variant="footer">
            <CheckList label={t('checkpoint.checks')} checks={checked.checks} />
          </ExpandableSection>
        )}
      </SpaceBetween>
    </Container>
  );
}

function toState(checked: CheckedCheckpoint | undefined, error: Error | null): ProofState {
  if (error) return { kind: 'error', error };
  if (!checked) return { kind: 'verifying' };
  return { kind: 'checked', ...summarizeCheckpoint(checked.checks) };
}

/** How far the log is behind what was recorded. */
function Lag({ seconds }: { seconds: number }) {
  const { t } = useTranslation('integrity');
  const isLate = seconds * 1000 >= SEALING_LIMIT_MS;
  return (
    <StatusIndicator type={isLate ? 'error' : 'success'}>
      {seconds < 120
        ? t('checkpoint.seconds', { count: Math.round(seconds) })
        : t('checkpoint.minutes', { count: Math.floor(seconds / 60) })}
    </StatusIndicator>
  );
}

const TimeOrDash = ({ at }: { at: string | null }) => (at ? <Timestamp at={at} relative /> : <>–</>);
