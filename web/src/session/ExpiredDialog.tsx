import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from './SessionProvider';

/** Says that the session has ended, over the page that the user returns to. */
export function ExpiredDialog() {
  const { t } = useTranslation('session');
  const { signIn } = useSession();
  const [isLeaving, setIsLeaving] = useState(false);
  return (
    <Modal
      visible
      header={t('expired.header')}
      onDismiss={() => undefined}
      footer={
        <Box float="right">
          <Button
            variant="primary"
            loading={isLeaving}
            onClick={() => {
              setIsLeaving(true);
              signIn();
            }}
          >
            {t('expired.signIn')}
          </Button>
        </Box>
      }
    >
      {t('expired.text')}
    </Modal>
  );
}
