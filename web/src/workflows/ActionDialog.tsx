import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import i18next from 'i18next';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { toProblem } from '../api/problem';
import type { ActionType, Workflow } from '../api/types';
import { ConfirmDialog, focusAfterOpening } from '../components/ConfirmDialog';
import { countCharacters } from '../components/countCharacters';
import { commentProblem, MAX_COMMENT_LENGTH } from './comments';
import { useDraftStorage } from './draftStorage';
import type { VersionedWorkflow } from './queries';
import { usePerformAction } from './usePerformAction';

/** The actions that need a confirmation. */
export type ConfirmedAction = Exclude<ActionType, 'SAVE'>;

type DialogText = 'request' | 'resubmit' | 'approve' | 'reject';

const TEXTS: Record<ConfirmedAction, DialogText> = {
  REQUEST: 'request',
  APPROVE: 'approve',
  REJECT: 'reject',
};

const textFor = (actionType: ConfirmedAction, workflow: Workflow): DialogText =>
  actionType === 'REQUEST' && workflow.status === 'REJECTED' ? 'resubmit' : TEXTS[actionType];

const decisionProblem = (comment: string, isRequired: boolean): string | undefined =>
  isRequired && !comment ? i18next.t('workflows:dialog.commentMissing') : commentProblem(comment);

const storedComment = z.object({ comment: z.string() });

interface Props {
  actionType: ConfirmedAction;
  /** The version that the user sees when the dialog opens. */
  opened: VersionedWorkflow;
  initialComment?: string;
  /** What to show above the comment. */
  children?: ReactNode;
  /** Called with the comment to keep if the user wants to review the workflow before deciding again. */
  onClose: (comment?: string) => void;
  /** Called after the action has been performed, instead of `onClose`. */
  onDone?: () => void;
}

/**
 * Asks the user to confirm an action and to add a comment. It can't be closed while the action is being sent.
 *
 * A comment survives a reload and an expired session, until the user cancels.
 */
export function ActionDialog({
  actionType,
  opened,
  initialComment = '',
  children,
  onClose,
  onDone = onClose,
}: Props) {
  const { t } = useTranslation('workflows');
  const { workflow } = opened;
  const text = textFor(actionType, workflow);
  const action = usePerformAction(opened);
  const { storage, restored } = useDraftStorage(
    `comment.${workflow.workflowId}.${actionType}`,
    storedComment,
  );
  const [comment, setComment] = useState(initialComment || (restored?.comment ?? ''));
  const [isSubmitted, setIsSubmitted] = useState(false);

  const isRequired = actionType === 'REJECT';
  const trimmed = comment.trim();
  const commentError = decisionProblem(trimmed, isRequired);
  const problem = action.error && toProblem(action.error);
  const serverError = problem?.errorAt('/comment');
  const hasChanged = problem?.status === 412;

  const change = (next: string) => {
    setComment(next);
    storage.schedule(() => (next.trim() ? { comment: next } : null));
  };
  const send = async () => {
    setIsSubmitted(true);
    if (commentError) return;
    try {
      await action.mutateAsync({ actionType, ...(trimmed && { comment: trimmed }) });
    } catch {
      // The dialog shows the error, or a message if it is gone.
      return;
    }
    storage.close();
    onDone();
  };
  const close = (...keptComment: [] | [string]) => {
    storage.close();
    onClose(...keptComment);
  };

  return (
    <ConfirmDialog
      header={t(`dialog.${text}.header`)}
      description={!hasChanged && t(`dialog.${text}.description`)}
      button={hasChanged ? t('dialog.review') : t(`action.${text}`)}
      action={action}
      fieldPointers={['/comment']}
      onConfirm={hasChanged ? () => close(comment) : () => void send()}
      onClose={() => close()}
    >
      <SpaceBetween size="m">
        {children}
        <CommentInput
          value={comment}
          isRequired={isRequired}
          readOnly={action.isPending}
          errorText={(isSubmitted ? commentError : undefined) ?? serverError}
          onChange={change}
        />
      </SpaceBetween>
    </ConfirmDialog>
  );
}

interface CommentInputProps {
  value: string;
  isRequired: boolean;
  readOnly: boolean;
  errorText: string | undefined;
  onChange: (comment: string) => void;
}

function CommentInput({ value, isRequired, readOnly, errorText, onChange }: CommentInputProps) {
  const { t } = useTranslation('workflows');
  const label = t('dialog.comment');
  return (
    <FormField
      label={
        isRequired ? (
          label
        ) : (
          <>
            {label} <i>- {t('optional')}</i>
          </>
        )
      }
      stretch
      constraintText={t('characters', { count: countCharacters(value), maximum: MAX_COMMENT_LENGTH })}
      errorText={errorText}
    >
      <Textarea
        ariaRequired={isRequired}
        ref={focusAfterOpening}
        rows={4}
        value={value}
        readOnly={readOnly}
        placeholder={isRequired ? t('dialog.rejectPlaceholder') : undefined}
        onChange={({ detail }) => onChange(detail.value)}
      />
    </FormField>
  );
}
