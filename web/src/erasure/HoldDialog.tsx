import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
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
  const place = usePlaceHold();
  const [enteredId, setEnteredId] = useState('');
  const [reason, setReason] = useState('');
  const [isSubmitted, setIsSubmitted] = useState(false);
  const workflowId = chosenId ?? enteredId.trim();
  const idError = workflowId ? undefined : 'Enter the ID of the workflow.';
  const reasonError = validateReason(reason);
  const problem = place.error && toProblem(place.error);

  const confirm = () => {
    setIsSubmitted(true);
    if (idError || reasonError) return;
    place.mutate({ workflowId, reason: reason.trim() }, { onSuccess: onClose });
  };
  return (
    <ConfirmDialog
      header="Place a legal hold"
      button="Place hold"
      description="Until you release the hold, nothing of the workflow is erased: not on request, and not when its retention period ends."
      action={place}
      fieldPointers={['/reason']}
      onConfirm={confirm}
      onClose={onClose}
    >
      {chosenId === undefined && (
        <FormField label="Workflow ID" stretch errorText={isSubmitted ? idError : undefined}>
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
        errorText={(isSubmitted ? reasonError : undefined) ?? problem?.errorAt('/reason')}
        onChange={setReason}
      />
    </ConfirmDialog>
  );
}

/** Releases the legal hold on a workflow. */
export function ReleaseHoldDialog({ workflowId, onClose }: { workflowId: string; onClose: () => void }) {
  const release = useReleaseHold();
  const [reason, setReason] = useState('');
  const [isSubmitted, setIsSubmitted] = useState(false);
  const reasonError = validateReason(reason);
  const problem = release.error && toProblem(release.error);

  const confirm = () => {
    setIsSubmitted(true);
    if (!reasonError) release.mutate({ workflowId, reason: reason.trim() }, { onSuccess: onClose });
  };
  return (
    <ConfirmDialog
      header="Release the legal hold"
      button="Release hold"
      description="Erasures and the retention period apply to the workflow again. If the period has ended, the next daily run erases the data. Erasures that have skipped the workflow don't run again: request them again."
      action={release}
      fieldPointers={['/reason']}
      onConfirm={confirm}
      onClose={onClose}
    >
      <ReasonField
        value={reason}
        isFirst
        readOnly={release.isPending}
        errorText={(isSubmitted ? reasonError : undefined) ?? problem?.errorAt('/reason')}
        onChange={setReason}
      />
    </ConfirmDialog>
  );
}
