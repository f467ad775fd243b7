import { useTranslation } from 'react-i18next';
import { ChangeList } from '../components/ChangeList';
import { QueryBoundary } from '../components/QueryBoundary';
import { useSchemeVersion } from '../schemes/useScheme';
import { findSchemeChanges } from './schemeChanges';

interface Props {
  schemeId: string;
  from: number;
  to: number;
  label: string;
}

/** Shows what differs between two versions of a scheme. */
export function SchemeDiff({ schemeId, from, to, label }: Props) {
  const { t } = useTranslation('admin');
  const before = useSchemeVersion(schemeId, from);
  const after = useSchemeVersion(schemeId, to);
  return (
    <QueryBoundary query={before} label={t('history.theVersions')}>
      {(older) => (
        <QueryBoundary query={after} label={t('history.theVersions')}>
          {(newer) => <ChangeList changes={findSchemeChanges(older, newer)} label={label} />}
        </QueryBoundary>
      )}
    </QueryBoundary>
  );
}
