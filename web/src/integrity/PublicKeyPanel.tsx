import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Trans, useTranslation } from 'react-i18next';
import { QueryBoundary } from '../components/QueryBoundary';
import '../proof/proof.css';
import type { PinnedKey } from '../proof/pinnedKey';
import { useTrustedLog } from '../proof/queries';
import { formatVerifierKey } from '../proof/signedNote';

/** Shows the public key that this browser checks the log with. */
export function PublicKeyPanel() {
  const { t } = useTranslation('integrity');
  return (
    <Container
      header={
        <Header variant="h2" description={t('publicKey.description')}>
          {t('publicKey.title')}
        </Header>
      }
    >
      <QueryBoundary query={useTrustedLog()} label={t('loading.publicKey')}>
        {({ pinned }) => <KeyDetails pinned={pinned} />}
      </QueryBoundary>
    </Container>
  );
}

function KeyDetails({ pinned }: { pinned: PinnedKey }) {
  const { t } = useTranslation('integrity');
  return (
    <SpaceBetween size="m">
      {pinned.changedTo !== null && (
        <div role="alert">
          <Alert type="error" header={t('publicKey.changed')}>
            <Trans
              t={t}
              i18nKey="publicKey.changedDetail"
              values={{ fingerprint: pinned.changedTo }}
              components={{ key: <code className="proof-value" /> }}
            />
          </Alert>
        </div>
      )}
      <KeyValuePairs
        columns={1}
        items={[
          {
            label: t('publicKey.fingerprint'),
            value: <Copyable text={pinned.fingerprint} copyLabel={t('publicKey.copyFingerprint')} />,
          },
          {
            label: t('publicKey.verifierKey'),
            value: (
              <Copyable text={formatVerifierKey(pinned.key)} copyLabel={t('publicKey.copyVerifierKey')} />
            ),
          },
          {
            label: t('publicKey.pinned'),
            value: (
              <Box variant="span">
                {t(pinned.source === 'deployment' ? 'publicKey.deployed' : 'publicKey.firstUse')}
              </Box>
            ),
          },
        ]}
      />
    </SpaceBetween>
  );
}

function Copyable({ text, copyLabel }: { text: string; copyLabel: string }) {
  const { t } = useTranslation('integrity');
  return (
    <div className="copyable">
      <code className="proof-value">{text}</code>
      <CopyToClipboard
        variant="icon"
        textToCopy={text}
        copyButtonAriaLabel={copyLabel}
        copySuccessText={t('publicKey.copied')}
        copyErrorText={t('publicKey.notCopied')}
      />
    </div>
  );
}
