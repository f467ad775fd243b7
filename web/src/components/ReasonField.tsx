import i18next from 'i18next';
import { useTranslation } from 'react-i18next';
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
  const { t } = useTranslation('components');
  return (
    <FormField
      label={t('reason.label')}
      description={t('reason.description')}
      stretch
      constraintText={t('characters', { count: countCharacters(value), maximum: MAX_REASON_LENGTH })}
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
  if (!reason.trim()) return i18next.t('components:reason.missing');
  return countCharacters(reason.trim()) > MAX_REASON_LENGTH
    ? i18next.t('components:reason.tooLong', { maximum: MAX_REASON_LENGTH })
    : undefined;
}
