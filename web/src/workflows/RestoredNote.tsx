import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { useTranslation } from 'react-i18next';
import type { WorkflowForm } from './useWorkflowForm';

/** Says that the form shows what the user typed before a reload. */
export function RestoredNote({ form }: { form: Pick<WorkflowForm, 'isRestored' | 'startOver'> }) {
  const { t } = useTranslation('workflows');
  if (!form.isRestored) return null;
  return (
    <div role="status">
      <Alert
        type="info"
        action={
          <Button formAction="none" onClick={form.startOver}>
            {t('form.startOver')}
          </Button>
        }
      >
        {t('form.restored')}
      </Alert>
    </div>
  );
}
