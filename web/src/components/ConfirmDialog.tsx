import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isOutcomeUnknown, toProblem } from '../api/problem';
import { useFocusAfterClosing } from './focusHeading';
import { ProblemAlert } from './ProblemAlert';

interface Props {
  header: string;
  /** What confirming does. If the outcome of an attempt is unknown, the dialog says that instead. */
  description: ReactNode;
  button: string;
  /** The write that the dialog confirms. */
  action: { isPending: boolean; error: Error | null };
  onConfirm: () => void;
  onClose: () => void;
  /** Pointers to the fields that show their errors themselves. */
  fieldPointers?: string[];
  /** The fields. */
  children?: ReactNode;
}

/** Asks the user to confirm a write. It can't be closed while the write is being sent. */
export function ConfirmDialog(props: Props) {
  const { t } = useTranslation('components');
  const { action, children } = props;
  useFocusAfterClosing();
  const problem = action.error && toProblem(action.error);
  const cancel = () => {
    // A write that was sent can't be canceled, so the dialog waits for its outcome.
    if (!action.isPending) props.onClose();
  };
  return (
    <Modal
      visible
      header={props.header}
      closeAriaLabel={t('close')}
      onDismiss={cancel}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" disabled={action.isPending} onClick={cancel}>
              {t('cancel')}
            </Button>
            <Button variant="primary" loading={action.isPending} onClick={props.onConfirm}>
              {props.button}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <ProblemAlert error={action.error} fieldPointers={props.fieldPointers} />
        {problem && isOutcomeUnknown(problem) ? (
          <Box>{t('alreadyRecorded')}</Box>
        ) : (
          props.description && <div>{props.description}</div>
        )}
        {children}
      </SpaceBetween>
    </Modal>
  );
}

/** Focus a field. A dialog focuses its close button when it opens, so this has to wait. */
export function focusAfterOpening(field: { focus: () => void } | null) {
  if (field) setTimeout(() => field.focus());
}
