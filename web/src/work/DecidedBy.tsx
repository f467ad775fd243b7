import Box from '@cloudscape-design/components/box';
import { useTranslation } from 'react-i18next';
import type { Workflow, WorkflowSummary } from '../api/types';
import { formatRelativeTime } from '../i18n/format';
import { useUser } from '../session/SessionProvider';

/** Says who decided in the newest round of a workflow. Shows nothing before the first decision. */
export function DecidedBy({ workflow }: { workflow: Workflow | WorkflowSummary }) {
  const { t } = useTranslation('work');
  const user = useUser();
  return workflow.decidedBy.map(({ userId, name, actionType, at, stepId }) => {
    const who = userId === user.userId ? t('you') : name || t('preview.someone');
    return (
      <Box key={`${stepId} ${userId}`} color="text-body-secondary">
        {t(`preview.decided.${actionType}`, { who, when: formatRelativeTime(at) })}
      </Box>
    );
  });
}
