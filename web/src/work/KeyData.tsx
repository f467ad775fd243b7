import Box from '@cloudscape-design/components/box';
import { useTranslation } from 'react-i18next';
import type { WorkflowSummary } from '../api/types';

/** Shows the first fields of a workflow's data in one line. */
export function KeyData({ workflow }: { workflow: WorkflowSummary }) {
  const { t } = useTranslation('work');
  const fields = workflow.preview;
  if (fields.length === 0) return null;
  return (
    <Box variant="small" color="text-body-secondary">
      <span className="excerpt">
        {fields.map(({ name, value }) => t('keyData', { name, value })).join(' · ')}
      </span>
    </Box>
  );
}
