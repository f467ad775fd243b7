import { ActionDialog } from './ActionDialog';
import type { VersionedWorkflow } from './queries';

export interface DecisionDialogProps {
  /** The version that the user sees: the decision applies to this version only. */
  workflow: VersionedWorkflow;
  action: 'APPROVE' | 'REJECT';
  /** A comment that the user has already written. */
  initialComment?: string;
  /** Shows the title, the requester and the data above the comment, where the page behind the dialog doesn't. */
  showsContent?: boolean;
  /**
   * Called when the user closes the dialog without a decision. If the workflow has changed in the meantime and the user
   * wants to review the latest version first, it gets the comment to keep.
   */
  onClose: (comment?: string) => void;
  /** Called after the service has recorded the decision. A message already shows the outcome. */
  onDone: () => void;
}

/** Asks an approver to confirm a decision. It can't be closed while the decision is being sent. */
export function DecisionDialog({ workflow, action, initialComment, onClose, onDone }: DecisionDialogProps) {
  return (
    <ActionDialog
      actionType={action}
      opened={workflow}
      initialComment={initialComment}
      onClose={onClose}
      onDone={onDone}
    />
  );
}
