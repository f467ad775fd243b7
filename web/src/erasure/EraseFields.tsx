import Checkbox from '@cloudscape-design/components/checkbox';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ProblemError } from '../api/problem';
import type { Part } from '../api/types';
import { ReasonField } from '../components/ReasonField';
import { togglePart, type EraseDraft, type EraseErrors } from './eraseForm';

const PARTS: { part: Part; label: string; description: string }[] = [
  {
    part: 'person',
    label: 'Personal data',
    description:
      'The name, email address, groups, IP address, and browser in the records of what the user did.',
  },
  {
    part: 'content',
    label: 'Content',
    description:
      'The titles, comments, and data of all workflows that the user requested, and what the user wrote in other workflows. No one can act on an erased workflow anymore.',
  },
];

interface Props {
  draft: EraseDraft;
  errors: EraseErrors | null;
  problem: ProblemError | null;
  onChange: (draft: EraseDraft) => void;
}

/** The fields of an erasure: whose data, which parts, and why. */
export function EraseFields({ draft, errors, problem, onChange }: Props) {
  const update = (change: Partial<EraseDraft>) => onChange({ ...draft, ...change });
  return (
    <SpaceBetween size="m">
      <FormField
        label="User ID"
        description="The Cognito sub of the user, which audit records show as User ID."
        errorText={errors?.userId ?? problem?.errorAt('/userId')}
      >
        <Input
          value={draft.userId}
          ariaRequired
          spellcheck={false}
          autoComplete={false}
          onChange={({ detail }) => update({ userId: detail.value })}
        />
      </FormField>
      <FormField label="What to erase" errorText={errors?.parts ?? problem?.errorAt('/parts')} stretch>
        <SpaceBetween size="xs">
          {PARTS.map(({ part, label, description }) => (
            <Checkbox
              key={part}
              checked={draft.parts.includes(part)}
              description={description}
              onChange={({ detail }) => update({ parts: togglePart(draft.parts, part, detail.checked) })}
            >
              {label}
            </Checkbox>
          ))}
        </SpaceBetween>
      </FormField>
      <ReasonField
        value={draft.reason}
        errorText={errors?.reason ?? problem?.errorAt('/reason')}
        onChange={(reason) => update({ reason })}
      />
    </SpaceBetween>
  );
}
