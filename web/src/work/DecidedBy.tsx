import Box from '@cloudscape-design/components/box';
import { useTranslation } from 'react-i18next';
import type { FetchedWorkflow, ListedWorkflow } from '../api/workflowLists';
import { formatRelativeTime } from '../i18n/format';
import { useUser } from '../session/SessionProvider';

/** Says who decided in the newest round of a workflow. Shows nothing before the first decision. */
export function DecidedBy({ workflow }: { workflow: FetchedWorkflow | ListedWorkflow }) {
  const { t } = useTranslation('work');
  const user = useUser();
  return (workflow.decidedBy ?? []).map(({ userId, name, actionType, at, stepId }) => {
    const key = actionType === 'APPROVE' || actionType === 'REJECT' ? actionType : 'other';
    const who = userId === user.userId ? t('you') : name || t('preview.someone');
    return (
      <Box key={`${stepId} ${userId}`} color="text-body-secondary">
        {t(`preview.decided.${key}`, { who, when: formatRelativeTime(at) })}
      </Box>
    );
  });
}
