import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { ProblemAlert } from '../components/ProblemAlert';
import '../proof/proof.css';
import { useTrustedLog } from '../proof/queries';
import { formatVerifierKey } from '../proof/signedNote';
import { verifyCommand } from './evidenceFile';
import { useEvidenceDownload } from './queries';

/** Downloads what an auditor keeps, and says how to check it without Countersign. */
export function EvidencePanel({ workflowId }: { workflowId: string }) {
  const download = useEvidenceDownload(workflowId);
  const log = useTrustedLog();
  const command = verifyCommand(workflowId, log.data ? formatVerifierKey(log.data.pinned.key) : 'KEY');
  return (
    <Container
      header={
        <Header
          variant="h2"
          description="The records as they are stored, with the proofs, the checkpoint, and the manifests"
          actions={
            <Button
              iconName="download"
              loading={download.isPending}
              loadingText={`Loading evidence, page ${download.pages + 1}`}
              onClick={() => download.mutate()}
            >
              Download evidence
            </Button>
          }
        >
          Evidence
        </Header>
      }
    >
      <SpaceBetween size="s">
        <ProblemAlert error={download.error} />
        <Box>
          You can check the file without access to Countersign. Install <code>countersign-verify</code>, then
          run:
        </Box>
        <div className="copyable">
          <code className="proof-value">{command}</code>
          <CopyToClipboard
            variant="icon"
            textToCopy={command}
            copyButtonAriaLabel="Copy the command"
            copySuccessText="Copied"
            copyErrorText="Couldn't copy"
          />
        </div>
      </SpaceBetween>
    </Container>
  );
}
