import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Hold } from '../api/types';
import { QueryBoundary } from '../components/QueryBoundary';
import { Timestamp } from '../components/Timestamp';
import { PlaceHoldDialog, ReleaseHoldDialog } from './HoldDialog';
import { useHold } from './queries';

/** Shows whether a legal hold keeps the data of a workflow. Administrators place it and release it. */
export function HoldPanel({ workflowId, canEdit }: { workflowId: string; canEdit: boolean }) {
  const { t } = useTranslation('erasure');
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
                {isHeld ? t('hold.release') : t('hold.place')}
              </Button>
            )
          }
        >
          {t('hold.title')}
        </Header>
      }
    >
      <QueryBoundary query={query} label={t('loading.hold')}>
        {(hold) => (hold ? <HoldDetails hold={hold} /> : <Box>{t('none')}</Box>)}
      </QueryBoundary>
      {dialog === 'place' && <PlaceHoldDialog workflowId={workflowId} onClose={close} />}
      {dialog === 'release' && <ReleaseHoldDialog workflowId={workflowId} onClose={close} />}
    </Container>
  );
}

function HoldDetails({ hold: { reason, by, at } }: { hold: Hold }) {
  const { t } = useTranslation('erasure');
  return (
    <KeyValuePairs
      columns={4}
      items={[
        { label: t('hold.state'), value: <StatusIndicator type="info">{t('hold.held')}</StatusIndicator> },
        { label: t('reason'), value: reason },
        { label: t('hold.placed'), value: <Timestamp at={at} /> },
        { label: t('hold.placedBy'), value: <Box variant="code">{by}</Box> },
      ]}
    />
  );
}
