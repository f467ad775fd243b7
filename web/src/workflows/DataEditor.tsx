import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button, { type ButtonProps } from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { lazy, Suspense, useCallback, useRef, useState } from 'react';
import { useController, useFieldArray, useFormState, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { Loading } from '../components/Loading';
import { convertDraft, emptyField, MAX_FIELDS, type DataMode } from './dataDraft';
import { DataFieldRow } from './DataFieldRow';
import type { WorkflowControl, WorkflowForm } from './useWorkflowForm';
import './workflows.css';

const JsonEditor = lazy(() => import('./JsonEditor'));

interface Props {
  form: Pick<WorkflowForm, 'control' | 'getValues' | 'setValue' | 'clearErrors'>;
}

/** Edits the data of a workflow as form fields or as JSON. */
export function DataEditor({ form }: Props) {
  const { t } = useTranslation('workflows');
  const { control, getValues, setValue, clearErrors } = form;
  const mode = useWatch({ control, name: 'mode' });
  const { errors } = useFormState({ control, name: 'mode' });
  const [failedMode, setFailedMode] = useState<DataMode | null>(null);

  const switchTo = (next: DataMode) => {
    const converted = convertDraft(getValues(), next);
    setFailedMode(converted ? null : next);
    if (!converted) return;
    clearErrors(['fields', 'text', 'mode']);
    setValue('fields', converted.fields);
    setValue('text', converted.text);
    setValue('mode', converted.mode);
  };
  return (
    <SpaceBetween size="s">
      <SegmentedControl
        label={t('data.mode')}
        selectedId={mode}
        options={[
          { id: 'form', text: t('data.form') },
          { id: 'json', text: t('data.json') },
        ]}
        onChange={({ detail }) => switchTo(detail.selectedId === 'json' ? 'json' : 'form')}
      />
      {failedMode && failedMode !== mode && (
        <div role="alert">
          <Alert type="warning" dismissible onDismiss={() => setFailedMode(null)}>
            {mode === 'json' ? t('data.fixJson', { maximum: MAX_FIELDS }) : t('data.fixFields')}
          </Alert>
        </div>
      )}
      {errors.mode?.message && <Alert type="error">{errors.mode.message}</Alert>}
      {mode === 'form' ? <FieldsEditor control={control} /> : <TextEditor control={control} />}
    </SpaceBetween>
  );
}

function FieldsEditor({ control }: { control: WorkflowControl }) {
  const { t } = useTranslation('workflows');
  const { fields, append, remove } = useFieldArray({ control, name: 'fields' });
  const addButton = useRef<ButtonProps.Ref>(null);
  const removeField = useCallback(
    (index: number) => {
      remove(index);
      // The button that had the focus is gone.
      addButton.current?.focus();
    },
    [remove],
  );
  const isFull = fields.length >= MAX_FIELDS;
  return (
    <SpaceBetween size="s">
      {fields.length === 0 ? (
        <Box color="text-body-secondary">{t('data.empty')}</Box>
      ) : (
        <div className="data-rows">
          <div className="data-row data-labels" aria-hidden="true">
            <Box variant="awsui-key-label">{t('data.name')}</Box>
            <Box variant="awsui-key-label">{t('data.type')}</Box>
            <Box variant="awsui-key-label">{t('data.value')}</Box>
          </div>
          {fields.map(({ id }, index) => (
            <DataFieldRow key={id} control={control} index={index} onRemove={removeField} />
          ))}
        </div>
      )}
      <Button
        ref={addButton}
        formAction="none"
        iconName="add-plus"
        disabled={isFull}
        disabledReason={t('data.limit', { maximum: MAX_FIELDS })}
        onClick={() => append(emptyField())}
      >
        {t('data.add')}
      </Button>
    </SpaceBetween>
  );
}

function TextEditor({ control }: { control: WorkflowControl }) {
  const { t } = useTranslation('workflows');
  const { field, fieldState } = useController({ control, name: 'text' });
  const { ref, value, onChange, onBlur } = field;
  return (
    <FormField label={t('data.asJson')} stretch errorText={fieldState.error?.message}>
      <Suspense fallback={<Loading />}>
        <JsonEditor
          ref={ref}
          label={t('data.asJson')}
          value={value}
          isInvalid={fieldState.invalid}
          onChange={onChange}
          onBlur={onBlur}
        />
      </Suspense>
    </FormField>
  );
}
