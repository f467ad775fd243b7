import Button from '@cloudscape-design/components/button';
import { useTranslation } from 'react-i18next';
import type { ActionType, Workflow } from '../api/types';
import type { ConfirmedAction } from './ActionDialog';
import './workflows.css';

interface Props {
  workflow: Workflow;
  onEdit: () => void;
  onAction: (action: ConfirmedAction) => void;
}

/** Offers the actions that the service allows the user now. They stay visible while the page scrolls. */
export function ActionButtons({ workflow, onEdit, onAction }: Props) {
  const { t } = useTranslation('workflows');
  const isAllowed = (action: ActionType) =>
    !workflow.contentErased && workflow.allowedActions.includes(action);
  if (!workflow.allowedActions.some(isAllowed)) return null;
  return (
    <div className="workflow-actions" role="group" aria-label={t('action.label')}>
      {isAllowed('SAVE') && <Button onClick={onEdit}>{t('action.edit')}</Button>}
      {isAllowed('REQUEST') && (
        <Button variant="primary" onClick={() => onAction('REQUEST')}>
          {workflow.status === 'REJECTED' ? t('action.resubmit') : t('action.request')}
        </Button>
      )}
      {isAllowed('REJECT') && <Button onClick={() => onAction('REJECT')}>{t('action.reject')}</Button>}
      {isAllowed('APPROVE') && (
        <Button variant="primary" onClick={() => onAction('APPROVE')}>
          {t('action.approve')}
        </Button>
      )}
    </div>
  );
}
