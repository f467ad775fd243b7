import Container from '@cloudscape-design/components/container';
import FormField from '@cloudscape-design/components/form-field';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import type { ProblemError } from '../api/problem';
import { countCharacters } from '../components/countCharacters';
import { DataEditor } from './DataEditor';
import { MAX_TITLE_LENGTH, type WorkflowDraft } from './useWorkflowDraft';

interface Props {
  draft: WorkflowDraft;
  problem: ProblemError | null;
  /** Fields to show before the title. */
  children?: ReactNode;
}

/** The fields that the forms for a new and for an existing workflow have in common. */
export function DraftFields({ draft, problem, children }: Props) {
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2">Details</Header>}>
        <SpaceBetween size="m">
          {children}
          <FormField
            label="Title"
            constraintText={`${countCharacters(draft.title)} of ${MAX_TITLE_LENGTH} characters`}
            errorText={draft.titleError ?? problem?.errorAt('/title')}
          >
            <Input
              value={draft.title}
              placeholder="New laptops for the design team"
              onChange={({ detail }) => draft.setTitle(detail.value)}
            />
          </FormField>
        </SpaceBetween>
      </Container>
      <Container
        header={
          <Header variant="h2" description="What the approvers need to know to decide">
            Data
          </Header>
        }
      >
        <FormField stretch errorText={problem?.errorAt('/data')}>
          <DataEditor draft={draft.data} errors={draft.dataErrors} onChange={draft.setData} />
        </FormField>
      </Container>
    </SpaceBetween>
  );
}
