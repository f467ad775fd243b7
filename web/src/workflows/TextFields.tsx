import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Textarea from '@cloudscape-design/components/textarea';
import { useController } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { countCharacters } from '../components/countCharacters';
import type { WorkflowControl } from './useWorkflowForm';
import { MAX_COMMENT_LENGTH } from './comments';
import { MAX_TITLE_LENGTH } from './workflowForm';

interface Props {
  control: WorkflowControl;
  /** What the service says about the field. */
  serverError: string | undefined;
}

export function TitleField({ control, serverError }: Props) {
  const { t } = useTranslation('workflows');
  const { field, fieldState } = useController({ control, name: 'title' });
  const { ref, value, onChange, onBlur } = field;
  return (
    <FormField
      label={t('form.title')}
      constraintText={t('characters', { count: countCharacters(value), maximum: MAX_TITLE_LENGTH })}
      errorText={fieldState.error?.message ?? serverError}
    >
      <Input
        ref={ref}
        value={value}
        placeholder={t('form.titlePlaceholder')}
        onChange={({ detail }) => onChange(detail.value)}
        onBlur={onBlur}
      />
    </FormField>
  );
}

/** The comment of a request for approval. */
export function CommentField({ control, serverError }: Props) {
  const { t } = useTranslation('workflows');
  const { field, fieldState } = useController({ control, name: 'comment' });
  const { ref, value, onChange, onBlur } = field;
  return (
    <FormField
      label={
        <>
          {t('form.comment')} <i>- {t('optional')}</i>
        </>
      }
      description={t('form.commentDescription')}
      stretch
      constraintText={t('characters', { count: countCharacters(value), maximum: MAX_COMMENT_LENGTH })}
      errorText={fieldState.error?.message ?? serverError}
    >
      <Textarea
        ref={ref}
        rows={3}
        value={value}
        onChange={({ detail }) => onChange(detail.value)}
        onBlur={onBlur}
      />
    </FormField>
  );
}
