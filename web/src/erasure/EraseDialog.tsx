import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import type { ErasurePreview, ErasureRequest } from '../api/types';
import { ConfirmDialog, focusAfterOpening } from '../components/ConfirmDialog';
import { formatNumber, formatParts } from './labels';
import { useRequestErasure } from './queries';

/** What the user types to confirm. */
const CONFIRMATION = 'erase';

interface Props {
  request: ErasureRequest;
  preview: ErasurePreview;
  onErased: () => void;
  onClose: () => void;
}

/** Asks an administrator to confirm an erasure. */
export function EraseDialog({ request, preview, onErased, onClose }: Props) {
  const erasure = useRequestErasure();
  const [typed, setTyped] = useState('');
  const [isSubmitted, setIsSubmitted] = useState(false);
  const isConfirmed = typed.trim().toLowerCase() === CONFIRMATION;
  const { userId, parts } = request;
  return (
    <ConfirmDialog
      header="Erase this user's data"
      button="Erase"
      action={erasure}
      onClose={onClose}
      onConfirm={() => {
        setIsSubmitted(true);
        if (isConfirmed) erasure.mutate(request, { onSuccess: onErased });
      }}
      description={
        <Alert type="warning" header="You can't undo this">
          {`${formatParts(parts)} of user ${userId} will be erased in ${formatNumber(preview.records, 'record')}${preview.complete ? '' : ' or more'}. `}
          The erasure and your reason are recorded in the audit trail. Backups keep the data until they
          expire.
        </Alert>
      }
    >
      <FormField
        label={
          <>
            To confirm, enter <Box variant="code">{CONFIRMATION}</Box>
          </>
        }
        stretch
        errorText={isSubmitted && !isConfirmed ? `Enter ${CONFIRMATION} to confirm.` : undefined}
      >
        <Input
          ref={focusAfterOpening}
          value={typed}
          ariaRequired
          autoComplete={false}
          spellcheck={false}
          readOnly={erasure.isPending}
          onChange={({ detail }) => setTyped(detail.value)}
        />
      </FormField>
    </ConfirmDialog>
  );
}
