import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useTranslation } from 'react-i18next';
import type { Scheme } from '../api/types';
import { Timestamp } from '../components/Timestamp';
import { SchemeDiff } from './SchemeDiff';

interface Props {
  /** The version that the user changed. */
  base: number;
  /** What someone else saved meanwhile. */
  newest: Scheme;
  onUseTheirs: () => void;
}

/** Says that someone else saved the scheme meanwhile, and what they changed. */
export function ConflictNote({ base, newest, onUseTheirs }: Props) {
  const { t } = useTranslation('admin');
  const { schemeId, version, createdAt, createdBy } = newest;
  const label = t('conflict.changesSince', { base });
  return (
    <div role="alert">
      <Alert
        type="warning"
        header={t('conflict.header')}
        action={
          <Button formAction="none" onClick={onUseTheirs}>
            {t('conflict.useTheirs', { version })}
          </Button>
        }
      >
        <SpaceBetween size="s">
          <div>{t('conflict.detail', { version })}</div>
          <div>
            {t('history.version', { version })} · {createdBy.name || t('scheme.unknownPerson')} ·{' '}
            <Timestamp at={createdAt} />
          </div>
          <Box variant="awsui-key-label">{label}</Box>
          <SchemeDiff schemeId={schemeId} from={base} to={version} label={label} />
        </SpaceBetween>
      </Alert>
    </div>
  );
}
