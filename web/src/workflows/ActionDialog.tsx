import FormField from '@cloudscape-design/components/form-field';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { toProblem } from '../api/problem';
import type { ActionType } from '../api/types';
import { ConfirmDialog, focusAfterOpening } from '../components/ConfirmDialog';
import { countCharacters } from '../components/countCharacters';
import type { VersionedWorkflow } from './queries';
import { usePerformAction } from './usePerformAction';

/** The actions that need a confirmation. */
export type ConfirmedAction = Exclude<ActionType, 'SAVE'>;

const MAX_COMMENT_LENGTH = 4_000;

interface DialogText {
  header: string;
  description: string;
  button: string;
}

const TEXTS: Record<ConfirmedAction, DialogText> = {
  REQUEST: {
    header: 'Request approval',
    description: "The approvers are notified immediately. You can't change the data while they decide.",
    button: 'Request approval',
  },
  APPROVE: {
    header: 'Approve this request',
    description: "Your approval is recorded in the audit trail. You can't undo it.",
    button: 'Approve',
  },
  REJECT: {
    header: 'Reject this request',
    description: 'The requester sees your comment, and can change the data and resubmit the request.',
    button: 'Reject',
  },
};

const RESUBMIT_TEXT: DialogText = {
  header: 'Resubmit for approval',
  description:
    'This starts a new round. The approvers are notified immediately, and can see the earlier rounds.',
  button: 'Resubmit',
};

interface Props {
  actionType: ConfirmedAction;
  /** The version that the user sees when the dialog opens. */
  opened: VersionedWorkflow;
  initialComment?: string;
  /** Called with the comment to keep if the user wants to review the workflow before deciding again. */
  onClose: (comment?: string) => void;
  /** Called after the action has been performed, instead of `onClose`. */
  onDone?: () => void;
}

/** Asks the user to confirm an action and to add a comment. It can't be closed while the action is being sent. */
export function ActionDialog({ actionType, opened, initialComment = '', onClose, onDone = onClose }: Props) {
  const isResubmission = actionType === 'REQUEST' && opened.workflow.status === 'REJECTED';
  const text = isResubmission ? RESUBMIT_TEXT : TEXTS[actionType];
  const action = usePerformAction(opened);
  const [comment, setComment] = useState(initialComment);
  const [isSubmitted, setIsSubmitted] = useState(false);

  const isRequired = actionType === 'REJECT';
  const trimmed = comment.trim();
  const commentError = validateComment(trimmed, isRequired);
  const problem = action.error && toProblem(action.error);
  const hasChanged = problem?.status === 412;

  const send = () => {
    setIsSubmitted(true);
    if (commentError) return;
    action.mutate({ actionType, ...(trimmed && { comment: trimmed }) }, { onSuccess: () => onDone() });
  };

  return (
    <ConfirmDialog
      header={text.header}
      description={!hasChanged && text.description}
      button={hasChanged ? 'Review latest version' : text.button}
      action={action}
      fieldPointers={['/comment']}
      onConfirm={hasChanged ? () => onClose(comment) : send}
      onClose={() => onClose()}
    >
      <FormField
        label={
          isRequired ? (
            'Comment'
          ) : (
            <>
              Comment <i>- optional</i>
            </>
          )
        }
        stretch
        constraintText={`${countCharacters(comment)} of ${MAX_COMMENT_LENGTH} characters`}
        errorText={(isSubmitted ? commentError : undefined) ?? problem?.errorAt('/comment')}
      >
        <Textarea
          ariaRequired={isRequired}
          ref={focusAfterOpening}
          rows={4}
          value={comment}
          readOnly={action.isPending}
          placeholder={isRequired ? 'What needs to change before you can approve?' : undefined}
          onChange={({ detail }) => setComment(detail.value)}
        />
      </FormField>
    </ConfirmDialog>
  );
}

function validateComment(comment: string, isRequired: boolean): string | undefined {
  if (isRequired && !comment) return 'Enter a comment so that the requester knows what to change.';
  return countCharacters(comment) > MAX_COMMENT_LENGTH
    ? `Use at most ${MAX_COMMENT_LENGTH} characters.`
    : undefined;
}
