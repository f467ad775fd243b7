import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Trans, useTranslation } from 'react-i18next';
import { ProblemAlert } from '../components/ProblemAlert';
import '../proof/proof.css';
import { useTrustedLog } from '../proof/queries';
import { formatVerifierKey } from '../proof/signedNote';
import { verifyCommand } from './evidenceFile';
import { useEvidenceDownload } from './queries';

/** Downloads what an auditor keeps, and says how to check it without Countersign. */
export function EvidencePanel({ workflowId }: { workflowId: string }) {
  const { t } = useTranslation('audit');
  const download = useEvidenceDownload(workflowId);
  const log = useTrustedLog();
  const command = verifyCommand(workflowId, log.data ? formatVerifierKey(log.data.pinned.key) : 'KEY');
  return (
    <Container
      header={
        <Header
          variant="h2"
          description={t('evidence.description')}
          actions={
            <Button
              iconName="download"
              loading={download.isPending}
              loadingText={t('evidence.loading', { page: download.pages + 1 })}
              onClick={() => download.mutate()}
            >
              {t('evidence.download')}
            </Button>
          }
        >
          {t('evidence.title')}
        </Header>
      }
    >
      <SpaceBetween size="s">
        <ProblemAlert error={download.error} />
        <Box>
          <Trans t={t} i18nKey="evidence.check" components={{ code: <code /> }} />
        </Box>
        <div className="copyable">
          <code className="proof-value">{command}</code>
          <CopyToClipboard
            variant="icon"
            textToCopy={command}
            copyButtonAriaLabel={t('evidence.copy')}
            copySuccessText={t('evidence.copied')}
            copyErrorText={t('evidence.notCopied')}
          />
        </div>
      </SpaceBetween>
    </Container>
  );
}
