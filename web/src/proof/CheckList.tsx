import Box from '@cloudscape-design/components/box';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { useTranslation } from 'react-i18next';
import type { Check, CheckState } from './checks';

const TYPES: Record<CheckState, StatusIndicatorProps.Type> = {
  passed: 'success',
  failed: 'error',
  pending: 'pending',
  withheld: 'info',
  erased: 'info',
  'not-checked': 'warning',
};

/** Lists checks with their results and their inputs. */
export function CheckList({ label, checks }: { label: string; checks: Check[] }) {
  const { t } = useTranslation('proof');
  return (
    <ul className="check-list" aria-label={label}>
      {checks.map((check) => (
        <li key={check.name}>
          <SpaceBetween size="xxs">
            <StatusIndicator type={TYPES[check.state]} iconAriaLabel={t(`states.${check.state}`)} wrapText>
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
  const { t } = useTranslation('proof');
  return (
    <ExpandableSection
      variant="inline"
      headerText={
        <Box variant="span" fontSize="body-s" fontWeight="normal">
          {t('inputs')}
        </Box>
      }
      headerAriaLabel={t('inputsOf', { name })}
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
