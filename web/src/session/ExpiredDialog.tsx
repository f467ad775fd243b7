import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from './SessionProvider';

/** Says that the session has ended, over the page that the user returns to. Closed, it leaves a banner. */
export function ExpiredDialog() {
  const { t } = useTranslation('session');
  const [isOpen, setIsOpen] = useState(true);
  const title = t('expired.header');
  if (!isOpen) {
    return (
      <div role="status">
        <Alert type="warning" header={title} action={<SignInAgain />}>
          {t('expired.text')}
        </Alert>
      </div>
    );
  }
  return (
    <Modal
      visible
      header={title}
      closeAriaLabel={t('expired.close')}
      onDismiss={() => setIsOpen(false)}
      footer={
        <Box float="right">
          <SignInAgain variant="primary" />
        </Box>
      }
    >
      {t('expired.text')}
    </Modal>
  );
}

function SignInAgain({ variant }: { variant?: 'primary' }) {
  const { t } = useTranslation('session');
  const { signIn } = useSession();
  const [isLeaving, setIsLeaving] = useState(false);
  return (
    <Button
      {...(variant && { variant })}
      loading={isLeaving}
      onClick={() => {
        setIsLeaving(true);
        signIn();
      }}
    >
      {t('expired.signIn')}
    </Button>
  );
}
