import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import type { Hold } from '../api/types';
import { QueryBoundary } from '../components/QueryBoundary';
import { Timestamp } from '../components/Timestamp';
import { PlaceHoldDialog, ReleaseHoldDialog } from './HoldDialog';
import { useHold } from './queries';

/** Shows whether a legal hold keeps the data of a workflow. Administrators place it and release it. */
export function HoldPanel({ workflowId, canEdit }: { workflowId: string; canEdit: boolean }) {
  const query = useHold(workflowId);
  // The dialog stays the same if someone else places or releases the hold while it is open.
  const [dialog, setDialog] = useState<'place' | 'release' | null>(null);
  const close = () => setDialog(null);
  const isHeld = Boolean(query.data);
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            canEdit &&
            query.data !== undefined && (
              <Button onClick={() => setDialog(isHeld ? 'release' : 'place')}>
                {isHeld ? 'Release hold' : 'Place hold'}
              </Button>
            )
          }
        >
          Legal hold
        </Header>
      }
    >
      <QueryBoundary query={query} label="the legal hold">
        {(hold) => (hold ? <HoldDetails hold={hold} /> : <Box>None</Box>)}
      </QueryBoundary>
      {dialog === 'place' && <PlaceHoldDialog workflowId={workflowId} onClose={close} />}
      {dialog === 'release' && <ReleaseHoldDialog workflowId={workflowId} onClose={close} />}
    </Container>
  );
}

function HoldDetails({ hold: { reason, by, at } }: { hold: Hold }) {
  return (
    <KeyValuePairs
      columns={4}
      items={[
        { label: 'State', value: <StatusIndicator type="info">On hold: nothing is erased</StatusIndicator> },
        { label: 'Reason', value: reason },
        { label: 'Placed', value: <Timestamp at={at} /> },
        { label: 'Placed by', value: <Box variant="code">{by}</Box> },
      ]}
    />
  );
}
