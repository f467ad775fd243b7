import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea, { type TextareaProps } from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { toProblem } from '../api/problem';
import type { ActionType } from '../api/types';
import { useFlashes } from '../components/FlashProvider';
import { ProblemAlert } from '../components/ProblemAlert';
import { countCharacters } from './countCharacters';
import { usePerformAction, type VersionedWorkflow } from './queries';

const MAX_COMMENT_LENGTH = 4_000;

interface Wording {
  header: string;
  text: string;
  button: string;
  done: string;
}

const WORDS: Record<Exclude<ActionType, 'SAVE'>, Wording> = {
  REQUEST: {
    header: 'Request approval',
    text: 'The approvers are told at once, and the data cannot be changed while they decide.',
    button: 'Request approval',
    done: 'Approval is requested.',
  },
  APPROVE: {
    header: 'Approve this request',
    text: 'Your approval is recorded in the audit trail and cannot be taken back.',
    button: 'Approve',
    done: 'You approved the request.',
  },
  REJECT: {
    header: 'Reject this request',
    text: 'The requester reads your comment, can change the data and resubmit it.',
    button: 'Reject',
    done: 'You rejected the request.',
  },
};

const RESUBMIT: Wording = {
  header: 'Resubmit for approval',
  text: 'A new round begins. The approvers are told at once, and see what happened in the rounds before.',
  button: 'Resubmit',
  done: 'The request is resubmitted.',
};

interface Props {
  actionType: Exclude<ActionType, 'SAVE'>;
  fetched: VersionedWorkflow;
  onClose: () => void;
}

/** Asks once more before an action, and for the comment that goes with it. */
export function ActionDialog({ actionType, fetched, onClose }: Props) {
  const words =
    actionType === 'REQUEST' && fetched.workflow.status === 'REJECTED' ? RESUBMIT : WORDS[actionType];
  const act = usePerformAction(fetched);
  const { confirm } = useFlashes();
  const [comment, setComment] = useState('');
  const [tried, setTried] = useState(false);

  const needed = actionType === 'REJECT';
  const trimmed = comment.trim();
  const fault = commentFault(trimmed, needed);
  const problem = act.error && toProblem(act.error);

  const send = () => {
    setTried(true);
    if (fault) return;
    act.mutate(
      { actionType, ...(trimmed && { comment: trimmed }) },
      {
        onSuccess: () => {
          confirm(words.done);
          onClose();
        },
      },
    );
  };

  return (
    <Modal
      visible
      header={words.header}
      closeAriaLabel="Close"
      onDismiss={onClose}
      footer={
        <Box float="right">
          <SpaceBetween direction="horizontal" size="xs">
            <Button variant="link" onClick={onClose}>
              Cancel
            </Button>
            <Button variant="primary" loading={act.isPending} onClick={send}>
              {words.button}
            </Button>
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        <ProblemAlert error={act.error} shownElsewhere={['/comment']} />
        <Box>{words.text}</Box>
        <FormField
          label={
            needed ? (
              'Comment'
            ) : (
              <>
                Comment <i>- optional</i>
              </>
            )
          }
          stretch
          constraintText={`${countCharacters(comment)} of ${MAX_COMMENT_LENGTH} characters`}
          errorText={(tried ? fault : undefined) ?? problem?.errorAt('/comment')}
        >
          <Textarea
            ariaRequired={needed}
            ref={focusLater}
            rows={4}
            value={comment}
            placeholder={needed ? 'What must change before you can approve?' : undefined}
            onChange={({ detail }) => setComment(detail.value)}
          />
        </FormField>
      </SpaceBetween>
    </Modal>
  );
}

/** Focuses a field after the dialog around it has put the focus on its close button. */
function focusLater(field: TextareaProps.Ref | null) {
  if (field) setTimeout(() => field.focus());
}

function commentFault(comment: string, needed: boolean): string | undefined {
  if (needed && !comment) return 'Say why, so that the requester knows what to change.';
  return countCharacters(comment) > MAX_COMMENT_LENGTH
    ? `At most ${MAX_COMMENT_LENGTH} characters.`
    : undefined;
}
