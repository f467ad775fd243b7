import Alert from '@cloudscape-design/components/alert';
import AttributeEditor from '@cloudscape-design/components/attribute-editor';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea from '@cloudscape-design/components/textarea';
import { useState } from 'react';
import { convertDraft, type DataDraft, type DraftErrors, type Row } from './dataDraft';

const KINDS = [
  { value: 'text', label: 'Text' },
  { value: 'number', label: 'Whole number' },
  { value: 'boolean', label: 'Yes or no' },
];
const ANSWERS = [
  { value: 'true', label: 'Yes' },
  { value: 'false', label: 'No' },
];
const MAX_ROWS = 100;

interface Props {
  draft: DataDraft;
  faults: DraftErrors | null;
  onChange: (draft: DataDraft) => void;
}

/** A workflow's data as lines of name and value, or as JSON. */
export function DataEditor({ draft, faults, onChange }: Props) {
  const [stuck, setStuck] = useState(false);
  const change = (next: DataDraft) => {
    setStuck(false);
    onChange(next);
  };
  const switchTo = (mode: DataDraft['mode']) => {
    const next = convertDraft(draft, mode);
    if (next) change(next);
    else setStuck(true);
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
      {stuck && (
        <div role="alert">
          <Alert type="warning">
            {draft.mode === 'json'
              ? 'The form holds plain values only: text, whole numbers, yes or no. Stay with JSON for nested ones.'
              : 'Correct the lines below first.'}
          </Alert>
        </div>
      )}
      {faults?.text && draft.mode === 'form' && <Alert type="error">{faults.text}</Alert>}
      {draft.mode === 'form' ? (
        <RowsEditor
          rows={draft.rows}
          faults={faults?.rows ?? []}
          onChange={(rows) => change({ mode: 'form', rows })}
        />
      ) : (
        <FormField label="Data as JSON" stretch errorText={faults?.text}>
          <Textarea
            value={draft.text}
            rows={10}
            spellcheck={false}
            onChange={({ detail }) => change({ mode: 'json', text: detail.value })}
          />
        </FormField>
      )}
    </SpaceBetween>
  );
}

function RowsEditor(props: { rows: Row[]; faults: DraftErrors['rows']; onChange: (rows: Row[]) => void }) {
  const { rows, faults, onChange } = props;
  const put = (index: number, change: Partial<Row>) =>
    onChange(rows.map((row, at) => (at === index ? { ...row, ...change } : row)));
  return (
    <AttributeEditor
      items={rows}
      addButtonText="Add a line"
      removeButtonText="Remove"
      removeButtonAriaLabel={(row) => `Remove ${row.name || 'this line'}`}
      disableAddButton={rows.length >= MAX_ROWS}
      empty="No data. Add a line for each thing that the approvers should know."
      onAddButtonClick={() => onChange([...rows, { name: '', kind: 'text', value: '' }])}
      onRemoveButtonClick={({ detail }) => onChange(rows.filter((_, at) => at !== detail.itemIndex))}
      definition={[
        {
          label: 'Name',
          errorText: (_, index) => faults[index]?.name,
          control: (row, index) => (
            <Input
              value={row.name}
              placeholder="amount"
              ariaLabel={`Name ${index + 1}`}
              onChange={({ detail }) => put(index, { name: detail.value })}
            />
          ),
        },
        {
          label: 'Kind',
          control: (row, index) => (
            <Select
              selectedOption={KINDS.find((kind) => kind.value === row.kind) ?? null}
              options={KINDS}
              ariaLabel={`Kind ${index + 1}`}
              onChange={({ detail }) => {
                const kind = detail.selectedOption.value as Row['kind'];
                put(index, { kind, ...(kind === 'boolean' && { value: 'true' }) });
              }}
            />
          ),
        },
        {
          label: 'Value',
          errorText: (_, index) => faults[index]?.value,
          control: (row, index) =>
            row.kind === 'boolean' ? (
              <Select
                selectedOption={ANSWERS.find((answer) => answer.value === row.value) ?? null}
                options={ANSWERS}
                ariaLabel={`Value ${index + 1}`}
                onChange={({ detail }) => put(index, { value: detail.selectedOption.value ?? 'false' })}
              />
            ) : (
              <Input
                value={row.value}
                inputMode={row.kind === 'number' ? 'numeric' : 'text'}
                ariaLabel={`Value ${index + 1}`}
                onChange={({ detail }) => put(index, { value: detail.value })}
              />
            ),
        },
      ]}
    />
  );
}
