import Box from '@cloudscape-design/components/box';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Link from '@cloudscape-design/components/link';
import type { Erasure } from '../api/types';
import { formatNumber } from './labels';

/** Shows how many records legal holds keep, and links to their workflows. */
export function HeldRecords({ held: { count, workflowIds } }: { held: Erasure['held'] }) {
  if (count === 0) return <>None</>;
  return (
    <ExpandableSection
      variant="inline"
      headerText={
        <Box variant="span" fontWeight="normal">
          {formatNumber(count, 'record')}
        </Box>
      }
    >
      <ul className="links" aria-label="Workflows with a legal hold">
        {workflowIds.map((workflowId) => (
          <li key={workflowId}>
            <Link href={`#/workflows/${workflowId}`}>{workflowId}</Link>
          </li>
        ))}
      </ul>
    </ExpandableSection>
  );
}
