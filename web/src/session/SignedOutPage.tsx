import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { usePageTitle } from '../components/usePageTitle';
import text from './messages/en';
import './session.css';
import { useSession } from './SessionProvider';

/** Leads to managed login, which asks for everything else. */
export function SignedOutPage({ failure }: { failure?: string }) {
  usePageTitle(text.title);
  const { signIn } = useSession();
  const [isLeaving, setIsLeaving] = useState(false);
  return (
    <main className="signed-out">
      <div className="signed-out__card">
        <SpaceBetween size="l">
          <Box textAlign="center">
            <img src="./countersign.svg" alt="" width={56} height={56} />
            <Box variant="h1" padding={{ top: 's' }}>
              Countersign
            </Box>
            <Box color="text-body-secondary">{text.tagline}</Box>
          </Box>
          {failure !== undefined && (
            <div role="alert">
              <Alert type="error" header={text.failed.header}>
                {text.failed.text} {failure && text.failed.details.replace('{{message}}', failure)}
              </Alert>
            </div>
          )}
          <Container header={<Header variant="h2">{text.signedOut.header}</Header>}>
            <SpaceBetween size="m">
              {failure === undefined && <Box>{text.signedOut.text}</Box>}
              <Button
                variant="primary"
                fullWidth
                loading={isLeaving}
                onClick={() => {
                  setIsLeaving(true);
                  signIn();
                }}
              >
                {text.signedOut.signIn}
              </Button>
            </SpaceBetween>
          </Container>
        </SpaceBetween>
      </div>
    </main>
  );
}
