import Box from '@cloudscape-design/components/box';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { HistoryEntry } from '../api/types';
import { ErasedNote } from '../components/ErasedNote';
import { Comment } from '../components/Comment';

/** Shows the comment of a history entry, and its hashes on request. */
export function DetailsPanel({ entry }: { entry: HistoryEntry }) {
  return (
    <SpaceBetween size="xxs">
      {entry.comment && <Comment>{entry.comment}</Comment>}
      {entry.contentErased && <ErasedNote>Comment and data: erased</ErasedNote>}
      <ExpandableSection
        variant="inline"
        headerText={
          <Box variant="span" fontSize="body-s" fontWeight="normal" color="text-body-secondary">
            Event {entry.sequence} and its hash
          </Box>
        }
      >
        <Box fontSize="body-s" color="text-body-secondary">
          Hash <Box variant="code">{entry.hash}</Box>
          <br />
          Previous hash <Box variant="code">{entry.previousHash}</Box>
        </Box>
      </ExpandableSection>
    </SpaceBetween>
  );
}
