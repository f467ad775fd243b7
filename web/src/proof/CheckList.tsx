import Box from '@cloudscape-design/components/box';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { Check, CheckState } from './checks';

const STATES: Record<CheckState, { type: StatusIndicatorProps.Type; label: string }> = {
  passed: { type: 'success', label: 'passed' },
  failed: { type: 'error', label: 'failed' },
  pending: { type: 'pending', label: 'pending' },
  withheld: { type: 'info', label: 'withheld' },
  erased: { type: 'info', label: 'erased' },
  'not-checked': { type: 'warning', label: 'not checked' },
};

/** Lists checks with their results and their inputs. */
export function CheckList({ label, checks }: { label: string; checks: Check[] }) {
  return (
    <ul className="check-list" aria-label={label}>
      {checks.map((check) => (
        <li key={check.name}>
          <SpaceBetween size="xxs">
            <StatusIndicator
              type={STATES[check.state].type}
              iconAriaLabel={STATES[check.state].label}
              wrapText
            >
              <strong>{check.name}</strong>
            </StatusIndicator>
            <Box variant="span">{check.detail}</Box>
            {check.inputs && <CheckInputs name={check.name} inputs={check.inputs} />}
          </SpaceBetween>
        </li>
      ))}
    </ul>
  );
}

function CheckInputs({ name, inputs }: { name: string; inputs: Record<string, string> }) {
  return (
    <ExpandableSection
      variant="inline"
      headerText={
        <Box variant="span" fontSize="body-s" fontWeight="normal">
          Inputs
        </Box>
      }
      headerAriaLabel={`Inputs of the check: ${name}`}
    >
      <KeyValuePairs
        columns={1}
        items={Object.entries(inputs).map(([label, value]) => ({
          label,
          value: <code className="proof-value">{value}</code>,
        }))}
      />
    </ExpandableSection>
  );
}
