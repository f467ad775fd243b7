import Box from '@cloudscape-design/components/box';
import FormField from '@cloudscape-design/components/form-field';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect } from 'react';
import { useController } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { Scheme } from '../api/types';
import { useSchemes } from '../schemes/useSchemes';
import { useUser } from '../session/SessionProvider';
import { ApproverBadges } from './ApproverBadges';
import { describeApprovers } from './approvers';
import type { WorkflowControl } from './useWorkflowForm';

interface Props {
  control: WorkflowControl;
  /** What the service says about the scheme. */
  serverError: string | undefined;
}

/** Chooses the scheme of a new workflow, and shows who has to approve. */
export function SchemeField({ control, serverError }: Props) {
  const { t } = useTranslation('workflows');
  const { userId } = useUser();
  const schemes = useSchemes();
  const { field, fieldState } = useController({ control, name: 'scheme' });
  const { ref, value, onChange } = field;
  const items = schemes.data ?? [];
  const chosen = items.find(({ schemeId }) => schemeId === value);

  // A single scheme doesn't need to be chosen.
  const single = items.length === 1 ? items[0]?.schemeId : undefined;
  useEffect(() => {
    if (single !== undefined && !value) onChange(single);
  }, [single, value, onChange]);

  const toOption = ({ schemeId, name, steps }: Scheme) => ({
    value: schemeId,
    label: name,
    description: steps
      .map((step) =>
        t('approvers.step', { step: step.name, approvers: describeApprovers(step.approvers, userId) }),
      )
      .join(' · '),
    tags: [schemeId],
  });
  return (
    <SpaceBetween size="xs">
      <FormField
        label={t('form.scheme')}
        description={t('form.schemeDescription')}
        errorText={fieldState.error?.message ?? serverError}
      >
        <Select
          ref={ref}
          placeholder={t('form.schemePlaceholder')}
          options={items.map(toOption)}
          selectedOption={chosen ? toOption(chosen) : null}
          statusType={schemes.isPending ? 'loading' : 'finished'}
          loadingText={t('form.schemeLoading')}
          empty={t('form.noSchemes')}
          filteringType={items.length > 8 ? 'auto' : 'none'}
          onChange={({ detail }) => onChange(detail.selectedOption.value ?? '')}
        />
      </FormField>
      {chosen && <SchemeSteps scheme={chosen} />}
    </SpaceBetween>
  );
}

function SchemeSteps({ scheme }: { scheme: Scheme }) {
  const { t } = useTranslation('workflows');
  return (
    <div role="group" aria-label={t('form.schemeDescription')}>
      <SpaceBetween size="xxs">
        {scheme.steps.map(({ stepId, name, approvers }) => (
          <SpaceBetween key={stepId} direction="horizontal" size="xs">
            <Box color="text-body-secondary">{name}</Box>
            <ApproverBadges approvers={approvers} />
          </SpaceBetween>
        ))}
      </SpaceBetween>
    </div>
  );
}
