import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { useTranslation } from 'react-i18next';
import type { Integrity } from '../api/types';
import { EmptyState } from '../components/EmptyState';
import { SimpleTable } from '../components/SimpleTable';
import { Timestamp } from '../components/Timestamp';
import { formatNumber } from '../i18n/format';
import { usePublicKey } from '../proof/queries';
import type { Cosignature } from '../proof/signedNote';
import type { CheckedCheckpoint } from '../proof/trustedLog';
import { useCosignatures } from './queries';

interface Props {
  /** The newest checkpoint that each witness has cosigned, as the service says. */
  witnesses: Integrity['witnesses'];
  /** The newest checkpoint after the checks of the browser. */
  checked: CheckedCheckpoint | undefined;
}

/** A table of the configured witnesses, and whether they have cosigned the newest checkpoint. */
export function WitnessTable({ witnesses, checked }: Props) {
  const { t } = useTranslation('integrity');
  const publicKey = usePublicKey();
  const cosignatures = useCosignatures(checked, publicKey.data?.witnesses);
  const names = [...new Set([...(cosignatures.data ?? []), ...witnesses].map(({ name }) => name))];
  const items = names.map((name) => ({
    name,
    newest: witnesses.find((witness) => witness.name === name),
    cosignature: cosignatures.data?.find((witness) => witness.name === name)?.cosignature,
  }));
  return (
    <SimpleTable
      title={t('witnesses.title')}
      description={t('witnesses.description')}
      items={items}
      trackBy="name"
      empty={<EmptyState title={t('witnesses.none')}>{t('witnesses.noneDetail')}</EmptyState>}
      columns={[
        { id: 'name', header: t('witnesses.witness'), minWidth: 150, cell: ({ name }) => name },
        {
          id: 'newest',
          header: t('witnesses.newest'),
          minWidth: 180,
          cell: ({ newest }) =>
            newest ? (
              <>
                {t('witnesses.size', { count: newest.size, entries: formatNumber(newest.size) })}{' '}
                <Timestamp at={newest.at} relative />
              </>
            ) : (
              '–'
            ),
        },
        {
          id: 'cosignature',
          header: t('witnesses.cosignature'),
          minWidth: 200,
          cell: ({ cosignature }) => <CosignatureState cosignature={cosignature} />,
        },
      ]}
    />
  );
}

const TYPES: Record<Cosignature['state'], StatusIndicatorProps.Type> = {
  valid: 'success',
  invalid: 'error',
  missing: 'pending',
  'not-checked': 'info',
};

function CosignatureState({ cosignature }: { cosignature: Cosignature | undefined }) {
  const { t } = useTranslation('integrity');
  if (!cosignature) return <>–</>;
  const { state } = cosignature;
  return <StatusIndicator type={TYPES[state]}>{t(`witnesses.states.${state}`)}</StatusIndicator>;
}
