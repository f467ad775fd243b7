import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toProblem } from '../api/problem';
import { ConfirmDialog, focusAfterOpening } from '../components/ConfirmDialog';
import { ReasonField, validateReason } from '../components/ReasonField';
import { formatNumber } from '../i18n/format';
import { useSetRetention } from './queries';
import { MAX_DAYS, parseDays, type RetentionRow } from './retentionPeriod';

/** Sets the retention period of a scheme. */
export function RetentionDialog({ row, onClose }: { row: RetentionRow; onClose: () => void }) {
  const { t } = useTranslation('erasure');
  const change = useSetRetention(row.scheme, row.name);
  const [text, setText] = useState(String(row.days));
  const [reason, setReason] = useState('');
  const [isSubmitted, setIsSubmitted] = useState(false);
  const days = parseDays(text);
  const daysError =
    days === null ? t('retention.daysInvalid', { maximum: formatNumber(MAX_DAYS) }) : undefined;
  const reasonError = validateReason(reason);
  const problem = change.error && toProblem(change.error);
  const serverErrors = { days: problem?.errorAt('/days'), reason: problem?.errorAt('/reason') };

  const save = () => {
    setIsSubmitted(true);
    if (days === null || reasonError) return;
    change.mutate({ days, reason: reason.trim() }, { onSuccess: onClose });
  };
  return (
    <ConfirmDialog
      header={t('retention.header', { name: row.name })}
      button={t('retention.save')}
      description={t('retention.warning')}
      action={change}
      fieldPointers={['/days', '/reason']}
      onConfirm={save}
      onClose={onClose}
    >
      <FormField
        label={t('retention.days')}
        description={t('retention.daysDescription')}
        stretch
        errorText={(isSubmitted ? daysError : undefined) ?? serverErrors.days}
      >
        <Input
          ref={focusAfterOpening}
          value={text}
          inputMode="numeric"
          ariaRequired
          readOnly={change.isPending}
          onChange={({ detail }) => setText(detail.value)}
        />
      </FormField>
      <ReasonField
        value={reason}
        readOnly={change.isPending}
        errorText={(isSubmitted ? reasonError : undefined) ?? serverErrors.reason}
        onChange={setReason}
      />
    </ConfirmDialog>
  );
}
