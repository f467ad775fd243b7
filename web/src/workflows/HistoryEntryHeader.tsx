import Box from '@cloudscape-design/components/box';
import { useTranslation } from 'react-i18next';
import type { HistoryEntry } from '../api/types';
import { nameOf } from '../components/erased';
import { Timestamp } from '../components/Timestamp';
import { useUser } from '../session/SessionProvider';
import { actionLabel } from './labels';

/** Shows an action, its owner and its time. */
export function HistoryEntryHeader({ entry }: { entry: HistoryEntry }) {
  const { t } = useTranslation('workflows');
  const { userId } = useUser();
  const { actionOwner } = entry;
  const name = actionOwner.id === userId ? t('history.you') : nameOf(actionOwner) || actionOwner.id;
  return (
    <span className="history-entry">
      <b>{actionLabel(entry.actionType)}</b> {t('history.by', { name })}
      {entry.round > 1 && `, ${t('history.round', { round: entry.round })}`}
      <Box variant="span" color="text-body-secondary">
        {' · '}
        <Timestamp at={entry.occurredAt} />
      </Box>
    </span>
  );
}
