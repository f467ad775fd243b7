import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import './changes.css';
import { needsQuotes, type Change } from './changes';
import { ValueView } from './ValueView';

/** How many changes to show before the user asks for all. */
const SHOWN = 20;

/** Shows what differs between two versions: the old value crossed out, then the new one. */
export function ChangeList({ changes, label }: { changes: Change[]; label: string }) {
  const { t } = useTranslation('components');
  const [showsAll, setShowsAll] = useState(false);
  if (changes.length === 0) return <Box color="text-body-secondary">{t('changes.none')}</Box>;
  return (
    <SpaceBetween size="xs">
      <ul className="changes" aria-label={label}>
        {(showsAll ? changes : changes.slice(0, SHOWN)).map((change, index) => (
          // The title and a field can have the same name.
          <ChangeItem key={`${index} ${change.path}`} change={change} />
        ))}
      </ul>
      {!showsAll && changes.length > SHOWN && (
        <Button formAction="none" onClick={() => setShowsAll(true)}>
          {t('changes.showAll', { count: changes.length })}
        </Button>
      )}
    </SpaceBetween>
  );
}

function ChangeItem({ change }: { change: Change }) {
  const { t } = useTranslation('components');
  const { kind, path, before, after } = change;
  return (
    <li className="data">
      <Box variant="awsui-key-label">
        {path} <Box variant="small">{t(`changes.kinds.${kind}`)}</Box>
      </Box>
      {kind !== 'added' && (
        <del>
          <span className="visually-hidden">{t('changes.before')}</span>
          <ValueView value={before} quoted={needsQuotes(before, after)} />
        </del>
      )}
      {kind !== 'removed' && (
        <ins>
          <span className="visually-hidden">{t('changes.after')}</span>
          <ValueView value={after} quoted={needsQuotes(after, before)} />
        </ins>
      )}
    </li>
  );
}
