import Box from '@cloudscape-design/components/box';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { ReactNode } from 'react';
import { toProblem } from '../api/problem';
import './proof.css';
import type { Summary } from './summaries';

/** What the badge shows: a verdict, that the checks are running, or that they couldn't run. */
export type ProofState =
  | ({ kind: 'checked' } & Summary)
  | { kind: 'verifying'; progress?: { completed: number; total: number } }
  | { kind: 'error'; error: Error };

const VERDICTS: Record<Summary['verdict'], { type: StatusIndicatorProps.Type; label: string }> = {
  verified: { type: 'success', label: 'Verified in this browser' },
  pending: { type: 'pending', label: 'Pending' },
  failed: { type: 'error', label: 'Verification failed' },
};

interface Props {
  state: ProofState;
  /** A link to the details. */
  action?: ReactNode;
}

/** Shows what this browser has proven about a record or a workflow. It never shows a verdict of the service. */
export function ProofBadge({ state, action }: Props) {
  const { type, label, sentence } = present(state);
  return (
    <div role="status" aria-label="Proof" className="proof-badge">
      <StatusIndicator type={type} wrapText>
        <strong>{label}</strong>
      </StatusIndicator>
      <Box variant="span" color={type === 'error' ? 'text-status-error' : 'text-body-secondary'}>
        {sentence}
      </Box>
      {action}
    </div>
  );
}

function present(state: ProofState): { type: StatusIndicatorProps.Type; label: string; sentence: string } {
  switch (state.kind) {
    case 'checked':
      return { ...VERDICTS[state.verdict], sentence: state.sentence };
    case 'verifying': {
      const { completed, total } = state.progress ?? { completed: 0, total: 0 };
      const sentence = total > 1 ? `Checked ${completed} of ${total} events.` : '';
      return { type: 'in-progress', label: 'Verifying', sentence };
    }
    case 'error': {
      const { code, title, detail } = toProblem(state.error);
      const sentence = [title, detail].filter(Boolean).join('. ');
      // Not an outage: the stored log contradicts what was signed or recorded, so there is nothing to verify against.
      if (code === 'log-damaged') return { ...VERDICTS.failed, sentence };
      return { type: 'warning', label: 'Not verified', sentence };
    }
  }
}
