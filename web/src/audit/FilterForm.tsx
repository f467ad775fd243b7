import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ColumnLayout from '@cloudscape-design/components/column-layout';
import Container from '@cloudscape-design/components/container';
import DatePicker from '@cloudscape-design/components/date-picker';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState, type ReactNode } from 'react';
import {
  ACTION_TYPES,
  actionLabel,
  AUDIT_ACTION_TYPES,
  AUDIT_OUTCOMES,
  outcomeLabel,
  OUTCOMES,
} from '../workflows/labels';
import { useSchemes } from '../schemes/useSchemes';
import { NO_FILTERS, type AuditFilters } from './filters';

interface Choice {
  value: string;
  label: string;
}

const ANY: Choice = { value: '', label: 'Any' };
const ACTION_CHOICES = [
  ANY,
  ...[...ACTION_TYPES, ...AUDIT_ACTION_TYPES].map((value) => ({ value, label: actionLabel(value) })),
];
const OUTCOME_CHOICES = [
  ANY,
  ...[...OUTCOMES, ...AUDIT_OUTCOMES].map((value) => ({ value, label: outcomeLabel(value) })),
];

interface Props {
  filters: AuditFilters;
  onSearch: (filters: AuditFilters) => void;
}

/** The search filters. They apply when the user presses Search. Remount the form when the URL changes. */
export function FilterForm({ filters, onSearch }: Props) {
  const [draft, setDraft] = useState(filters);
  const update = (change: Partial<AuditFilters>) => setDraft({ ...draft, ...change });
  const schemes = (useSchemes().data ?? []).map(({ schemeId, name }) => ({ value: schemeId, label: name }));
  const isRangeInvalid = draft.from !== '' && draft.to !== '' && draft.from > draft.to;

  return (
    <form
      role="search"
      aria-label="Audit trail"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isRangeInvalid) onSearch(draft);
      }}
    >
      <Container
        footer={
          <Box float="right">
            <SpaceBetween direction="horizontal" size="xs">
              <Button variant="link" formAction="none" onClick={() => onSearch(NO_FILTERS)}>
                Clear filters
              </Button>
              <Button variant="primary" formAction="submit" iconName="search">
                Search
              </Button>
            </SpaceBetween>
          </Box>
        }
      >
        <SpaceBetween size="m">
          <FormField label="Text" description="Words in titles and comments" stretch>
            <Input
              type="search"
              value={draft.text}
              clearAriaLabel="Clear text"
              onChange={({ detail }) => update({ text: detail.value })}
            />
          </FormField>
          <ColumnLayout columns={3}>
            <FilterSelect
              label="Scheme"
              value={draft.scheme}
              choices={[ANY, ...schemes]}
              onChoose={(scheme) => update({ scheme })}
            />
            <FilterSelect
              label="Action"
              value={draft.actionType}
              choices={ACTION_CHOICES}
              onChoose={(actionType) => update({ actionType })}
            />
            <FilterSelect
              label="Outcome"
              value={draft.outcome}
              choices={OUTCOME_CHOICES}
              onChoose={(outcome) => update({ outcome })}
            />
            <DayPicker label="From" value={draft.from} onChoose={(from) => update({ from })} />
            <DayPicker
              label="To"
              value={draft.to}
              errorText={isRangeInvalid && 'Choose a day on or after the From day.'}
              onChoose={(to) => update({ to })}
            />
            <FormField label="Workflow ID">
              <Input
                value={draft.workflowId}
                spellcheck={false}
                onChange={({ detail }) => update({ workflowId: detail.value })}
              />
            </FormField>
          </ColumnLayout>
        </SpaceBetween>
      </Container>
    </form>
  );
}

function FilterSelect(props: {
  label: string;
  value: string;
  choices: Choice[];
  onChoose: (value: string) => void;
}) {
  const selected = props.choices.find((choice) => choice.value === props.value);
  return (
    <FormField label={props.label}>
      <Select
        options={props.choices}
        selectedOption={selected ?? { value: props.value, label: props.value }}
        onChange={({ detail }) => props.onChoose(detail.selectedOption.value ?? '')}
      />
    </FormField>
  );
}

function DayPicker(props: {
  label: string;
  value: string;
  errorText?: ReactNode;
  onChoose: (day: string) => void;
}) {
  return (
    <FormField label={props.label} errorText={props.errorText}>
      <DatePicker
        value={props.value}
        placeholder="YYYY/MM/DD"
        i18nStrings={{ openCalendarAriaLabel: () => `Choose a day: ${props.label}` }}
        onChange={({ detail }) => props.onChoose(detail.value)}
      />
    </FormField>
  );
}
