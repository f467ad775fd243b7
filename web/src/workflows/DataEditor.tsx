import Alert from '@cloudscape-design/components/alert';
import AttributeEditor from '@cloudscape-design/components/attribute-editor';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { convertDraft, type DataDraft, type DataField, type DraftErrors } from './dataDraft';

const TYPES = [
  { value: 'text', label: 'Text' },
  { value: 'number', label: 'Number' },
  { value: 'boolean', label: 'Yes or no' },
];
const BOOLEANS = [
  { value: 'true', label: 'Yes' },
  { value: 'false', label: 'No' },
];
const MAX_FIELDS = 100;

interface Props {
  draft: DataDraft;
  errors: DraftErrors | null;
  onChange: (draft: DataDraft) => void;
}

/** Edits the data of a workflow as form fields or as JSON. */
export function DataEditor({ draft, errors, onChange }: Props) {
  const [cannotConvert, setCannotConvert] = useState(false);
  const change = (next: DataDraft) => {
    setCannotConvert(false);
    onChange(next);
  };
  const switchTo = (mode: DataDraft['mode']) => {
    const converted = convertDraft(draft, mode);
    if (converted) change(converted);
    else setCannotConvert(true);
  };
  return (
    <SpaceBetween size="s">
      <SegmentedControl
        label="How to enter the data"
        selectedId={draft.mode}
        options={[
          { id: 'form', text: 'Form' },
          { id: 'json', text: 'JSON' },
        ]}
        onChange={({ detail }) => switchTo(detail.selectedId as DataDraft['mode'])}
      />
      {cannotConvert && (
        <div role="alert">
          <Alert type="warning">
            {draft.mode === 'json'
              ? 'The form supports text, numbers, and yes or no. Fix any errors, or keep JSON for nested values.'
              : 'Fix the fields below first.'}
          </Alert>
        </div>
      )}
      {errors?.text && draft.mode === 'form' && <Alert type="error">{errors.text}</Alert>}
      {draft.mode === 'form' ? (
        <FieldsEditor
          fields={draft.fields}
          errors={errors?.fields ?? []}
          onChange={(fields) => change({ mode: 'form', fields })}
        />
      ) : (
        <FormField label="Data as JSON" stretch errorText={errors?.text}>
          <div className="code-editor">
            <Textarea
              value={draft.text}
              rows={10}
              spellcheck={false}
              onChange={({ detail }) => change({ mode: 'json', text: detail.value })}
            />
          </div>
        </FormField>
      )}
    </SpaceBetween>
  );
}

interface FieldsEditorProps {
  fields: DataField[];
  errors: DraftErrors['fields'];
  onChange: (fields: DataField[]) => void;
}

function FieldsEditor({ fields, errors, onChange }: FieldsEditorProps) {
  const update = (index: number, change: Partial<DataField>) =>
    onChange(fields.map((field, at) => (at === index ? { ...field, ...change } : field)));
  return (
    <AttributeEditor
      items={fields}
      addButtonText="Add field"
      removeButtonText="Remove"
      removeButtonAriaLabel={(field) => `Remove ${field.name || 'this field'}`}
      disableAddButton={fields.length >= MAX_FIELDS}
      empty="No data. Add a field for each thing that the approvers need to know."
      onAddButtonClick={() => onChange([...fields, { name: '', type: 'text', value: '' }])}
      onRemoveButtonClick={({ detail }) => onChange(fields.filter((_, at) => at !== detail.itemIndex))}
      definition={[
        {
          label: 'Name',
          errorText: (_, index) => errors[index]?.name,
          control: (field, index) => (
            <Input
              value={field.name}
              placeholder="amount"
              ariaLabel={`Name ${index + 1}`}
              onChange={({ detail }) => update(index, { name: detail.value })}
            />
          ),
        },
        {
          label: 'Type',
          control: (field, index) => (
            <Select
              selectedOption={TYPES.find((type) => type.value === field.type) ?? null}
              options={TYPES}
              ariaLabel={`Type ${index + 1}`}
              onChange={({ detail }) => {
                const type = detail.selectedOption.value as DataField['type'];
                update(index, { type, ...(type === 'boolean' && { value: 'true' }) });
              }}
            />
          ),
        },
        {
          label: 'Value',
          errorText: (_, index) => errors[index]?.value,
          control: (field, index) =>
            field.type === 'boolean' ? (
              <Select
                selectedOption={BOOLEANS.find((option) => option.value === field.value) ?? null}
                options={BOOLEANS}
                ariaLabel={`Value ${index + 1}`}
                onChange={({ detail }) => update(index, { value: detail.selectedOption.value ?? 'false' })}
              />
            ) : (
              <Input
                value={field.value}
                inputMode={field.type === 'number' ? 'decimal' : 'text'}
                ariaLabel={`Value ${index + 1}`}
                onChange={({ detail }) => update(index, { value: detail.value })}
              />
            ),
        },
      ]}
    />
  );
}
