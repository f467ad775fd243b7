import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toProblem } from '../api/problem';
import { ConfirmDialog, focusAfterOpening } from '../components/ConfirmDialog';
import { ReasonField, validateReason } from '../components/ReasonField';
import { usePlaceHold, useReleaseHold } from './queries';

interface Props {
  onClose: () => void;
  /** The workflow; undefined to let the user enter it. */
  workflowId?: string;
}

/** Places a legal hold on a workflow. */
export function PlaceHoldDialog({ workflowId: chosenId, onClose }: Props) {
  const { t } = useTranslation('erasure');
  const place = usePlaceHold();
  const [enteredId, setEnteredId] = useState('');
  const [reason, setReason] = useState('');
  const [isSubmitted, setIsSubmitted] = useState(false);
  const workflowId = chosenId ?? enteredId.trim();
  const idError = workflowId ? undefined : t('hold.idMissing');
  const reasonError = validateReason(reason);
  const serverError = place.error && toProblem(place.error).errorAt('/reason');

  const confirm = () => {
    setIsSubmitted(true);
    if (idError || reasonError) return;
    place.mutate({ workflowId, reason: reason.trim() }, { onSuccess: onClose });
  };
  return (
    <ConfirmDialog
      header={t('hold.placeHeader')}
      button={t('hold.place')}
      description={t('hold.placeDescription')}
      action={place}
      fieldPointers={['/reason']}
      onConfirm={confirm}
      onClose={onClose}
    >
      {chosenId === undefined && (
        <FormField label={t('hold.workflowId')} stretch errorText={isSubmitted ? idError : undefined}>
          <Input
            ref={focusAfterOpening}
            value={enteredId}
            ariaRequired
            spellcheck={false}
            readOnly={place.isPending}
            onChange={({ detail }) => setEnteredId(detail.value)}
          />
        </FormField>
      )}
      <ReasonField
        value={reason}
        isFirst={chosenId !== undefined}
        readOnly={place.isPending}
        errorText={(isSubmitted ? reasonError : undefined) ?? serverError ?? undefined}
        onChange={setReason}
      />
    </ConfirmDialog>
  );
}

/** Releases the legal hold on a workflow. */
export function ReleaseHoldDialog({ workflowId, onClose }: { workflowId: string; onClose: () => void }) {
  const { t } = useTranslation('erasure');
  const release = useReleaseHold();
  const [reason, setReason] = useState('');
  const [isSubmitted, setIsSubmitted] = useState(false);
  const reasonError = validateReason(reason);
  const serverError = release.error && toProblem(release.error).errorAt('/reason');

  const confirm = () => {
    setIsSubmitted(true);
    if (!reasonError) release.mutate({ workflowId, reason: reason.trim() }, { onSuccess: onClose });
  };
  return (
    <ConfirmDialog
      header={t('hold.releaseHeader')}
      button={t('hold.release')}
      description={t('hold.releaseDescription')}
      action={release}
      fieldPointers={['/reason']}
      onConfirm={confirm}
      onClose={onClose}
    >
      <ReasonField
        value={reason}
        isFirst
        readOnly={release.isPending}
        errorText={(isSubmitted ? reasonError : undefined) ?? serverError ?? undefined}
        onChange={setReason}
      />
    </ConfirmDialog>
  );
}
