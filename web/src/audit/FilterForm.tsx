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
import { ACTION_TYPES, ACTION_LABELS, STATUS_LABELS, STATUSES } from '../workflows/labels';
import { useSchemes } from '../workflows/useSchemes';
import { NO_FILTERS, type AuditFilters } from './filters';

interface Choice {
  value: string;
  label: string;
}

const ANY: Choice = { value: '', label: 'Any' };
const ACTIONS = [ANY, ...ACTION_TYPES.map((value) => ({ value, label: ACTION_LABELS[value] }))];
const OUTCOMES = [ANY, ...STATUSES.map((value) => ({ value, label: STATUS_LABELS[value] }))];

interface Props {
  filters: AuditFilters;
  onSearch: (filters: AuditFilters) => void;
}

/** What to search for. Nothing is asked before "Search". The caller remounts it when the address changes. */
export function FilterForm({ filters, onSearch }: Props) {
  const [typed, setTyped] = useState(filters);
  const put = (change: Partial<AuditFilters>) => setTyped({ ...typed, ...change });
  const schemes = (useSchemes().data ?? []).map(({ schemeId, name }) => ({ value: schemeId, label: name }));
  const backwards = typed.from !== '' && typed.to !== '' && typed.from > typed.to;

  return (
    <form
      role="search"
      aria-label="Audit trail"
      onSubmit={(event) => {
        event.preventDefault();
        if (!backwards) onSearch(typed);
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
              value={typed.text}
              clearAriaLabel="Clear text"
              onChange={({ detail }) => put({ text: detail.value })}
            />
          </FormField>
          <ColumnLayout columns={3}>
            <Picker
              label="Scheme"
              value={typed.scheme}
              choices={[ANY, ...schemes]}
              onPick={(scheme) => put({ scheme })}
            />
            <Picker
              label="Action"
              value={typed.actionType}
              choices={ACTIONS}
              onPick={(value) => put({ actionType: value as AuditFilters['actionType'] })}
            />
            <Picker
              label="Outcome"
              value={typed.outcome}
              choices={OUTCOMES}
              onPick={(value) => put({ outcome: value as AuditFilters['outcome'] })}
            />
            <Day label="From" value={typed.from} onPick={(from) => put({ from })} />
            <Day
              label="To"
              value={typed.to}
              fault={backwards && 'This day is before the first one.'}
              onPick={(to) => put({ to })}
            />
            <FormField label="Workflow ID">
              <Input
                value={typed.workflowId}
                spellcheck={false}
                onChange={({ detail }) => put({ workflowId: detail.value })}
              />
            </FormField>
          </ColumnLayout>
        </SpaceBetween>
      </Container>
    </form>
  );
}

function Picker(props: { label: string; value: string; choices: Choice[]; onPick: (value: string) => void }) {
  const known = props.choices.find((choice) => choice.value === props.value);
  return (
    <FormField label={props.label}>
      <Select
        options={props.choices}
        selectedOption={known ?? { value: props.value, label: props.value }}
        onChange={({ detail }) => props.onPick(detail.selectedOption.value ?? '')}
      />
    </FormField>
  );
}

function Day(props: { label: string; value: string; fault?: ReactNode; onPick: (day: string) => void }) {
  return (
    <FormField label={props.label} errorText={props.fault}>
      <DatePicker
        value={props.value}
        placeholder="YYYY/MM/DD"
        i18nStrings={{ openCalendarAriaLabel: () => `Choose a day: ${props.label}` }}
        onChange={({ detail }) => props.onPick(detail.value)}
      />
    </FormField>
  );
}
