import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { DataEditor } from './DataEditor';
import type { WorkflowForm } from './useWorkflowForm';

interface Props {
  form: Pick<WorkflowForm, 'control' | 'getValues' | 'setValue' | 'clearErrors'>;
  /** What the service says about the data. */
  serverError: string | undefined;
}

/** The data in a form for a workflow. */
export const DataPanel = memo(
  function DataPanel({ form, serverError }: Props) {
    const { t } = useTranslation('workflows');
    return (
      <Container
        header={
          <Header variant="h2" description={t('data.description')}>
            {t('data.header')}
          </Header>
        }
      >
        <FormField stretch errorText={serverError}>
          <DataEditor form={form} />
        </FormField>
      </Container>
    );
  },
  // The form is another object each time. Its functions stay the same.
  (before, after) => before.form.control === after.form.control && before.serverError === after.serverError,
);
