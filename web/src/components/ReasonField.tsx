import FormField from '@cloudscape-design/components/form-field';
import Textarea from '@cloudscape-design/components/textarea';
import { countCharacters } from './countCharacters';
import { focusAfterOpening } from './ConfirmDialog';

const MAX_REASON_LENGTH = 500;

interface Props {
  value: string;
  onChange: (reason: string) => void;
  errorText: string | undefined;
  readOnly?: boolean;
  /** Focus the field when its dialog has opened. */
  isFirst?: boolean;
}

/** The reason for an operation of an administrator. */
export function ReasonField({ value, onChange, errorText, readOnly = false, isFirst = false }: Props) {
  return (
    <FormField
      label="Reason"
      description="Recorded in the audit trail. Don't enter personal data: it can't be erased."
      stretch
      constraintText={`${countCharacters(value)} of ${MAX_REASON_LENGTH} characters`}
      errorText={errorText}
    >
      <Textarea
        ariaRequired
        ref={isFirst ? focusAfterOpening : undefined}
        rows={3}
        value={value}
        readOnly={readOnly}
        onChange={({ detail }) => onChange(detail.value)}
      />
    </FormField>
  );
}

/** Return what is wrong with a reason, or undefined. */
export function validateReason(reason: string): string | undefined {
  if (!reason.trim()) return 'Enter a reason.';
  return countCharacters(reason.trim()) > MAX_REASON_LENGTH
    ? `Use at most ${MAX_REASON_LENGTH} characters.`
    : undefined;
}
