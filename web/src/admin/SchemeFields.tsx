import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useController, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { ProblemError } from '../api/problem';
import { PersonPicker } from '../people/PersonPicker';
import { ApproverPreview } from './ApproverPreview';
import { GroupPicker } from './GroupPicker';
import type { SchemeControl } from './useSchemeForm';

interface TextProps {
  control: SchemeControl;
  name: 'schemeId' | 'name' | `steps.${number}.name`;
  label: string;
  description?: string;
  constraintText?: string;
  /** What the service says about the field. */
  serverError?: string;
}

/** A field for one line of text. */
export function TextField({ control, name, label, description, constraintText, serverError }: TextProps) {
  const { field, fieldState } = useController({ control, name });
  const { ref, value, onChange, onBlur } = field;
  return (
    <FormField
      label={label}
      description={description}
      constraintText={constraintText}
      errorText={fieldState.error?.message ?? serverError}
    >
      <Input
        ref={ref}
        value={value}
        ariaRequired
        onChange={({ detail }) => onChange(detail.value)}
        onBlur={onBlur}
      />
    </FormField>
  );
}

interface StepProps {
  control: SchemeControl;
  index: number;
  problem: ProblemError | null;
}

/** The fields of a step, with a preview of who will approve. */
export function StepPanel({ control, index, problem }: StepProps) {
  const { t } = useTranslation('admin');
  const { field: people, fieldState } = useController({ control, name: `steps.${index}.people` });
  const { field: groups } = useController({ control, name: `steps.${index}.groups` });
  const { ref: peopleRef, value: chosenPeople, onChange: onPeopleChange, onBlur } = people;
  const { ref: groupsRef, value: chosenGroups, onChange: onGroupsChange } = groups;
  const name = useWatch({ control, name: `steps.${index}.name` });
  return (
    <SpaceBetween size="l">
      <Container
        header={
          <Header variant="h2" description={t('form.stepDescription')}>
            {t('form.step')}
          </Header>
        }
      >
        <SpaceBetween size="m">
          <TextField
            control={control}
            name={`steps.${index}.name`}
            label={t('form.stepName')}
            serverError={problem?.errorAt(`/steps/${index}/name`)}
          />
          <FormField
            label={t('form.people')}
            // The message is a text of the whole list: the resolver sets none for single people.
            errorText={fieldState.error?.message ?? problem?.errorAt(`/steps/${index}/approvers`)}
          >
            <PersonPicker ref={peopleRef} value={chosenPeople} onChange={onPeopleChange} onBlur={onBlur} />
          </FormField>
          <FormField label={t('form.groups')}>
            <GroupPicker ref={groupsRef} value={chosenGroups} onChange={onGroupsChange} />
          </FormField>
        </SpaceBetween>
      </Container>
      <Container
        header={
          <Header variant="h2" description={t('scheme.step', { name })}>
            {t('preview.header')}
          </Header>
        }
      >
        <ApproverPreview people={chosenPeople} groups={chosenGroups} />
      </Container>
    </SpaceBetween>
  );
}
