import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import { useBlocker } from 'react-router';

interface LeaveDialogProps {
  onStay: () => void;
  onLeave: () => void;
}

/** Asks the user whether to discard what they typed. */
export function LeaveDialog({ onStay, onLeave }: LeaveDialogProps) {
  const { t } = useTranslation('workflows');
  const { t: common } = useTranslation('components');
  return (
    <Modal
      visible
      header={t('leave.header')}
      closeAriaLabel={common('close')}
      onDismiss={onStay}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button onClick={onLeave}>{t('leave.leave')}</Button>
            <Button variant="primary" onClick={onStay}>
              {t('leave.stay')}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      {t('leave.description')}
    </Modal>
  );
}

interface Props {
  /** Called when the user navigates. */
  hasChanges: () => boolean;
  /** Called before the user leaves without saving. */
  onDiscard: () => void;
}

/** Asks before the user navigates away from a form with something in it. */
export function LeaveGuard({ hasChanges, onDiscard }: Props) {
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => currentLocation.pathname !== nextLocation.pathname && hasChanges(),
  );
  if (blocker.state !== 'blocked') return null;
  return (
    <LeaveDialog
      onStay={() => blocker.reset()}
      onLeave={() => {
        onDiscard();
        blocker.proceed();
      }}
    />
  );
}
