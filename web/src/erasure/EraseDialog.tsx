import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import { Trans, useTranslation } from 'react-i18next';
import type { ErasurePreview, ErasureRequest } from '../api/types';
import { ConfirmDialog, focusAfterOpening } from '../components/ConfirmDialog';
import { formatAmount, formatParts } from './labels';
import { useRequestErasure } from './queries';

interface Props {
  request: ErasureRequest;
  /** The name of the user, if it is known. */
  name: string | null;
  preview: ErasurePreview;
  onErased: () => void;
  onClose: () => void;
}

/** Asks an administrator to confirm an erasure. */
export function EraseDialog({ request, name, preview, onErased, onClose }: Props) {
  const { t } = useTranslation('erasure');
  const erasure = useRequestErasure();
  const [typed, setTyped] = useState('');
  const [isSubmitted, setIsSubmitted] = useState(false);
  // What the user types to confirm.
  const word = t('confirm.word');
  const isConfirmed = typed.trim().toLowerCase() === word;
  const { userId, parts } = request;
  const values = {
    parts: formatParts(parts),
    user: name ? `${name} (${userId})` : userId,
    records: formatAmount('records', preview.records),
  };
  return (
    <ConfirmDialog
      header={t('confirm.header')}
      button={t('form.erase')}
      action={erasure}
      onClose={onClose}
      onConfirm={() => {
        setIsSubmitted(true);
        if (isConfirmed) erasure.mutate(request, { onSuccess: onErased });
      }}
      description={
        <Alert type="warning" header={t('confirm.warning')}>
          {preview.complete ? t('confirm.what', values) : t('confirm.whatOrMore', values)}{' '}
          {t('confirm.recorded')}
        </Alert>
      }
    >
      <FormField
        label={
          <Trans
            t={t}
            i18nKey="confirm.label"
            values={{ word }}
            components={{ word: <Box variant="code" /> }}
          />
        }
        stretch
        errorText={isSubmitted && !isConfirmed ? t('confirm.missing', { word }) : undefined}
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
