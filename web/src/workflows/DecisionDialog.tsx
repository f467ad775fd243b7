import { useTranslation } from 'react-i18next';
import { nameOf, titleOf } from '../components/erased';
import { ActionDialog } from './ActionDialog';
import { DataView } from './DataView';
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
export function DecisionDialog(props: DecisionDialogProps) {
  const { workflow, action, initialComment, showsContent = false, onClose, onDone } = props;
  return (
    <ActionDialog
      actionType={action}
      opened={workflow}
      initialComment={initialComment}
      onClose={onClose}
      onDone={onDone}
    >
      {showsContent && <Content workflow={workflow} />}
    </ActionDialog>
  );
}

function Content({ workflow: { workflow } }: Pick<DecisionDialogProps, 'workflow'>) {
  const { t } = useTranslation('workflows');
  return (
    <div>
      <p>{t('dialog.from', { title: titleOf(workflow), name: nameOf(workflow.requester) })}</p>
      <DataView data={workflow.data} columns={2} />
    </div>
  );
}
