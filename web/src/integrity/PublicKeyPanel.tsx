import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { QueryBoundary } from '../components/QueryBoundary';
import '../proof/proof.css';
import type { PinnedKey } from '../proof/pinnedKey';
import { useTrustedLog } from '../proof/queries';
import { formatVerifierKey } from '../proof/signedNote';

/** Shows the public key that this browser checks the log with. */
export function PublicKeyPanel() {
  return (
    <Container
      header={
        <Header variant="h2" description="Keep the fingerprint in a safe place, to recognize another key">
          Public key
        </Header>
      }
    >
      <QueryBoundary query={useTrustedLog()} label="the public key">
        {({ pinned }) => <KeyDetails pinned={pinned} />}
      </QueryBoundary>
    </Container>
  );
}

function KeyDetails({ pinned }: { pinned: PinnedKey }) {
  return (
    <SpaceBetween size="m">
      {pinned.changedTo !== null && (
        <div role="alert">
          <Alert type="error" header="The service uses another public key">
            Its fingerprint is <code className="proof-value">{pinned.changedTo}</code> Nothing that the
            service signs with it is verified. Compare the fingerprints with the output of Terraform.
          </Alert>
        </div>
      )}
      <KeyValuePairs
        columns={1}
        items={[
          { label: 'Fingerprint', value: <Copyable text={pinned.fingerprint} name="fingerprint" /> },
          {
            label: 'Verifier key, for countersign-verify',
            value: <Copyable text={formatVerifierKey(pinned.key)} name="verifier key" />,
          },
          {
            label: 'Pinned',
            value: (
              <Box variant="span">
                {pinned.source === 'deployment'
                  ? 'Deployed with this console'
                  : 'Pinned on first use: it is the first key that this browser saw. Compare the fingerprint with the output of Terraform.'}
              </Box>
            ),
          },
        ]}
      />
    </SpaceBetween>
  );
}

function Copyable({ text, name }: { text: string; name: string }) {
  return (
    <div className="copyable">
      <code className="proof-value">{text}</code>
      <CopyToClipboard
        variant="icon"
        textToCopy={text}
        copyButtonAriaLabel={`Copy the ${name}`}
        copySuccessText="Copied"
        copyErrorText="Couldn't copy"
      />
    </div>
  );
}
