import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { toProblem } from '../api/problem';
import { ConfirmDialog, focusAfterOpening } from '../components/ConfirmDialog';
import { ReasonField, validateReason } from '../components/ReasonField';
import { useSetRetention } from './queries';
import { DAYS_ERROR, parseDays, type RetentionRow } from './retentionPeriod';

/** Sets the retention period of a scheme. */
export function RetentionDialog({ row, onClose }: { row: RetentionRow; onClose: () => void }) {
  const change = useSetRetention(row.scheme, row.name);
  const [text, setText] = useState(String(row.days));
  const [reason, setReason] = useState('');
  const [isSubmitted, setIsSubmitted] = useState(false);
  const days = parseDays(text);
  const reasonError = validateReason(reason);
  const problem = change.error && toProblem(change.error);

  const save = () => {
    setIsSubmitted(true);
    if (days === null || reasonError) return;
    change.mutate({ days, reason: reason.trim() }, { onSuccess: onClose });
  };
  return (
    <ConfirmDialog
      header={`Retention period of ${row.name}`}
      button="Save"
      description="The next daily run erases the data of all workflows whose period has ended. You can't undo that. Legal holds keep data longer."
      action={change}
      fieldPointers={['/days', '/reason']}
      onConfirm={save}
      onClose={onClose}
    >
      <FormField
        label="Days"
        description="Counted from the newest record of a workflow."
        stretch
        errorText={(isSubmitted && days === null ? DAYS_ERROR : undefined) ?? problem?.errorAt('/days')}
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
        errorText={(isSubmitted ? reasonError : undefined) ?? problem?.errorAt('/reason')}
        onChange={setReason}
      />
    </ConfirmDialog>
  );
}
