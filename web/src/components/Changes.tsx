import Box from '@cloudscape-design/components/box';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { useTranslation } from 'react-i18next';
import './changes.css';
import { findChanges, type Change } from './findChanges';

const TYPES: Record<Change['type'], StatusIndicatorProps.Type> = {
  added: 'success',
  removed: 'error',
  changed: 'info',
};

interface Props {
  before: Record<string, unknown>;
  after: Record<string, unknown>;
  label: string;
}

/** Shows what changed between two JSON objects, one row for each value. */
export function Changes({ before, after, label }: Props) {
  const { t } = useTranslation('components');
  const changes = findChanges(before, after);
  if (changes.length === 0) return <Box color="text-body-secondary">{t('changes.none')}</Box>;
  return (
    <Table
      variant="embedded"
      contentDensity="compact"
      wrapLines
      items={changes}
      trackBy="path"
      ariaLabels={{ tableLabel: label }}
      columnDefinitions={[
        {
          id: 'path',
          header: t('changes.field'),
          isRowHeader: true,
          minWidth: 160,
          cell: ({ path, type }) => (
            <StatusIndicator type={TYPES[type]} iconAriaLabel={t(`changes.${type}`)} wrapText>
              <span className="changed-field">{path}</span>
            </StatusIndicator>
          ),
        },
        {
          id: 'before',
          header: t('changes.before'),
          minWidth: 110,
          cell: (change) => <Value text={change.before} />,
        },
        {
          id: 'after',
          header: t('changes.after'),
          minWidth: 110,
          cell: (change) => <Value text={change.after} />,
        },
      ]}
    />
  );
}

function Value({ text }: { text: string | null }) {
  return text === null ? '–' : <code className="changed-value">{text}</code>;
}
