import Button from '@cloudscape-design/components/button';
import DatePicker from '@cloudscape-design/components/date-picker';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import Textarea from '@cloudscape-design/components/textarea';
import { memo } from 'react';
import { useController, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { VALUE_TYPES, type ValueType } from './dataDraft';
import type { WorkflowControl } from './useWorkflowForm';

interface Props {
  control: WorkflowControl;
  index: number;
  onRemove: (index: number) => void;
}

const MAX_ROWS = 12;
const rowsFor = (text: string): number => Math.min(text.split('\n').length, MAX_ROWS);

const isValueType = (type: string | undefined): type is ValueType =>
  VALUE_TYPES.some((known) => known === type);

/** One field of the data. Typing in it renders no other row. */
export const DataFieldRow = memo(function DataFieldRow({ control, index, onRemove }: Props) {
  return (
    <div className="data-row">
      <NameField control={control} index={index} />
      <TypedValue control={control} index={index} />
      <RemoveButton control={control} index={index} onRemove={onRemove} />
    </div>
  );
});

function NameField({ control, index }: Omit<Props, 'onRemove'>) {
  const { t } = useTranslation('workflows');
  const { field, fieldState } = useController({ control, name: `fields.${index}.name` });
  const { ref, value, onChange, onBlur } = field;
  return (
    <FormField errorText={fieldState.error?.message} stretch>
      <Input
        ref={ref}
        value={value}
        placeholder={index === 0 ? t('data.namePlaceholder') : ''}
        ariaLabel={t('data.nameOf', { number: index + 1 })}
        onChange={({ detail }) => onChange(detail.value)}
        onBlur={onBlur}
      />
    </FormField>
  );
}

function RemoveButton({ control, index, onRemove }: Props) {
  const { t } = useTranslation('workflows');
  const name = useWatch({ control, name: `fields.${index}.name` });
  return (
    <Button
      formAction="none"
      ariaLabel={t('data.removeField', { name: name || t('data.thisField') })}
      onClick={() => onRemove(index)}
    >
      {t('data.remove')}
    </Button>
  );
}

function TypedValue({ control, index }: Omit<Props, 'onRemove'>) {
  const { t } = useTranslation('workflows');
  const type = useController({ control, name: `fields.${index}.type` }).field;
  const value = useController({ control, name: `fields.${index}.value` });
  const options = VALUE_TYPES.map((each) => ({ value: each, label: t(`data.types.${each}`) }));
  const changeType = (chosen: string | undefined) => {
    if (!isValueType(chosen)) return;
    type.onChange(chosen);
    if (chosen === 'boolean') value.field.onChange('true');
  };
  return (
    <>
      <FormField stretch>
        <Select
          selectedOption={options.find((option) => option.value === type.value) ?? null}
          options={options}
          ariaLabel={t('data.typeOf', { number: index + 1 })}
          onChange={({ detail }) => changeType(detail.selectedOption.value)}
        />
      </FormField>
      <FormField stretch errorText={value.fieldState.error?.message}>
        <ValueControl type={type.value} index={index} field={value.field} />
      </FormField>
    </>
  );
}

interface ValueControlProps {
  type: ValueType;
  index: number;
  field: {
    value: string;
    onChange: (value: string) => void;
    onBlur: () => void;
    ref: (control: { focus: () => void } | null) => void;
  };
}

function ValueControl({ type, index, field }: ValueControlProps) {
  const { t } = useTranslation(['workflows', 'components']);
  const { ref, value, onChange, onBlur } = field;
  const ariaLabel = t('data.valueOf', { number: index + 1 });
  const common = { value, onBlur, ariaLabel };
  if (type === 'boolean') {
    const options = [
      { value: 'true', label: t('components:value.yes') },
      { value: 'false', label: t('components:value.no') },
    ];
    return (
      <Select
        ref={ref}
        selectedOption={options.find((option) => option.value === value) ?? null}
        options={options}
        ariaLabel={ariaLabel}
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? 'false')}
      />
    );
  }
  if (type === 'date') {
    return (
      <DatePicker
        ref={ref}
        {...common}
        format="iso"
        placeholder="YYYY-MM-DD"
        onChange={({ detail }) => onChange(detail.value)}
      />
    );
  }
  if (type === 'number') {
    return (
      <Input ref={ref} {...common} inputMode="decimal" onChange={({ detail }) => onChange(detail.value)} />
    );
  }
  const textarea = (
    <Textarea
      ref={ref}
      {...common}
      rows={rowsFor(value)}
      spellcheck={type === 'text'}
      onChange={({ detail }) => onChange(detail.value)}
    />
  );
  return type === 'json' ? <div className="code">{textarea}</div> : textarea;
}
