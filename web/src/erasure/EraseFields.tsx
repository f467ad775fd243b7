import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import type { ProblemError } from '../api/problem';
import { ReasonField } from '../components/ReasonField';
import { UserPicker } from '../people/UserPicker';
import { togglePart, type EraseDraft, type EraseErrors } from './eraseForm';

const PARTS = ['person', 'content'] as const;

interface Props {
  draft: EraseDraft;
  errors: EraseErrors;
  problem: ProblemError | null;
  onChange: (draft: EraseDraft) => void;
}

/** The fields of an erasure: whose data, which parts, and why. */
export function EraseFields({ draft, errors, problem, onChange }: Props) {
  const { t } = useTranslation('erasure');
  const userError = errors.user ?? problem?.errorAt('/userId');
  const partsError = errors.parts ?? problem?.errorAt('/parts');
  const reasonError = errors.reason ?? problem?.errorAt('/reason');
  const update = (change: Partial<EraseDraft>) => onChange({ ...draft, ...change });
  return (
    <SpaceBetween size="m">
      <FormField label={t('form.user')} description={t('form.userDescription')} errorText={userError}>
        <UserPicker value={draft.user} onChange={(user) => update({ user })} />
      </FormField>
      <FormField label={t('form.parts')} errorText={partsError} stretch>
        <SpaceBetween size="xs">
          {PARTS.map((part) => (
            <Checkbox
              key={part}
              checked={draft.parts.includes(part)}
              description={t(`form.${part}Description`)}
              onChange={({ detail }) => update({ parts: togglePart(draft.parts, part, detail.checked) })}
            >
              {t(`parts.${part}`)}
            </Checkbox>
          ))}
        </SpaceBetween>
      </FormField>
      <ReasonField value={draft.reason} errorText={reasonError} onChange={(reason) => update({ reason })} />
    </SpaceBetween>
  );
}
