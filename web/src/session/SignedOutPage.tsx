import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePageTitle } from '../components/usePageTitle';
import './session.css';
import { useSession } from './SessionProvider';

/** Shows a button that opens managed login. */
export function SignedOutPage({ failure }: { failure?: string }) {
  const { t } = useTranslation('session');
  usePageTitle(t('title'));
  const { signIn } = useSession();
  const [isLeaving, setIsLeaving] = useState(false);
  return (
    <main className="signed-out">
      <div className="signed-out__card">
        <SpaceBetween size="l">
          <Box textAlign="center">
            <img src="./countersign.svg" alt="" width={56} height={56} />
            <Box variant="h1" padding={{ top: 's' }}>
              {t('product')}
            </Box>
            <Box color="text-body-secondary">{t('tagline')}</Box>
          </Box>
          {failure !== undefined && (
            <div role="alert">
              <Alert type="error" header={t('failed.header')}>
                {t('failed.text')} {failure && t('failed.details', { message: failure })}
              </Alert>
            </div>
          )}
          <Container
            header={<Header variant="h2">{t(failure === undefined ? 'signedOut.header' : 'title')}</Header>}
          >
            <SpaceBetween size="m">
              {failure === undefined && <Box>{t('signedOut.text')}</Box>}
              <Button
                variant="primary"
                fullWidth
                loading={isLeaving}
                onClick={() => {
                  setIsLeaving(true);
                  signIn();
                }}
              >
                {t('signedOut.signIn')}
              </Button>
            </SpaceBetween>
          </Container>
        </SpaceBetween>
      </div>
    </main>
  );
}
