import Box from '@cloudscape-design/components/box';
import type { HistoryEntry } from '../api/types';
import { nameOf } from '../components/erased';
import { Timestamp } from '../components/Timestamp';
import { useUser } from '../session/SessionProvider';
import { actionLabel } from './labels';

/** Shows an action, its owner and its time. */
export function HistoryEntryHeader({ entry }: { entry: HistoryEntry }) {
  const { userId } = useUser();
  const { actionOwner } = entry;
  return (
    <span>
      <b>{actionLabel(entry.actionType)}</b> by{' '}
      {actionOwner.id === userId ? 'you' : nameOf(actionOwner) || actionOwner.id}
      {entry.round > 1 && `, round ${entry.round}`}
      <Box variant="span" color="text-body-secondary">
        {' · '}
        <Timestamp at={entry.occurredAt} />
      </Box>
    </span>
  );
}
