import Box from '@cloudscape-design/components/box';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Link from '@cloudscape-design/components/link';
import { useTranslation } from 'react-i18next';
import type { Erasure } from '../api/types';
import { formatAmount } from './labels';

/** Shows how many records legal holds keep, and links to their workflows. */
export function HeldRecords({ held: { count, workflowIds } }: { held: Erasure['held'] }) {
  const { t } = useTranslation('erasure');
  if (count === 0) return <>{t('none')}</>;
  return (
    <ExpandableSection
      variant="inline"
      headerText={
        <Box variant="span" fontWeight="normal">
          {formatAmount('records', count)}
        </Box>
      }
    >
      <ul className="links" aria-label={t('heldWorkflows')}>
        {workflowIds.map((workflowId) => (
          <li key={workflowId}>
            <Link href={`#/workflows/${workflowId}`}>{workflowId}</Link>
          </li>
        ))}
      </ul>
    </ExpandableSection>
  );
}
