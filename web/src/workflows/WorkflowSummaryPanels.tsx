import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Workflow } from '../api/types';
import { ErasedNote } from '../components/ErasedNote';
import { nameOf } from '../components/erased';
import { useUser } from '../session/SessionProvider';
import { Timestamp } from '../components/Timestamp';
import { DataView } from './DataView';
import { StatusBadge } from './StatusBadge';
import { useSchemeName } from '../schemes/useSchemes';

/** Shows the status and the data of a workflow. */
export function WorkflowSummaryPanels({ workflow }: { workflow: Workflow }) {
  const schemeName = useSchemeName();
  const { userId } = useUser();
  return (
    <SpaceBetween size="l">
      <Container header={<Header variant="h2">Overview</Header>}>
        <KeyValuePairs
          columns={4}
          items={[
            { label: 'Status', value: <StatusBadge status={workflow.status} /> },
            { label: 'Round', value: workflow.round },
            {
              label: 'Requester',
              value: workflow.requester.userId === userId ? 'You' : nameOf(workflow.requester),
            },
            { label: 'Approvers', value: <Approvers approvers={workflow.approvers} userId={userId} /> },
            { label: 'Scheme', value: `${schemeName(workflow.scheme)}, version ${workflow.schemeVersion}` },
            { label: 'Created', value: <Timestamp at={workflow.createdAt} /> },
            { label: 'Updated', value: <Timestamp at={workflow.updatedAt} /> },
            { label: 'Workflow ID', value: <Box variant="code">{workflow.workflowId}</Box> },
          ]}
        />
      </Container>
      <Container header={<Header variant="h2">Data</Header>}>
        {workflow.contentErased ? (
          <ErasedNote>
            The title, the data, and the comments were erased. The history and its proof are still valid, but
            no one can act on this workflow anymore.
          </ErasedNote>
        ) : (
          <DataView data={workflow.data} />
        )}
      </Container>
    </SpaceBetween>
  );
}

function Approvers({ approvers, userId }: { approvers: Workflow['approvers']; userId: string }) {
  const { users, groups } = approvers;
  const others = users.filter((user) => user.userId !== userId).length;
  if (users.length + groups.length === 0) return <>–</>;
  return (
    <SpaceBetween direction="horizontal" size="xxs">
      {groups.map((group) => (
        <Badge key={group} color="blue">
          {group}
        </Badge>
      ))}
      {users.some((user) => user.userId === userId) && <Badge color="green">You</Badge>}
      {others > 0 && <Badge>{others === 1 ? '1 person' : `${others} people`}</Badge>}
    </SpaceBetween>
  );
}
