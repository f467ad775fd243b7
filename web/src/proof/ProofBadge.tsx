import Box from '@cloudscape-design/components/box';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import type { ReactNode } from 'react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { toProblem } from '../api/problem';
import './proof.css';
import { usualSummary, type Summary } from './summaries';

/** What the badge shows: a verdict, that the checks are running, or that they couldn't run. */
export type ProofState =
  | ({ kind: 'checked' } & Summary)
  | { kind: 'verifying'; progress?: { completed: number; total: number } }
  | { kind: 'error'; error: Error };

const VERDICT_TYPES: Record<Summary['verdict'], StatusIndicatorProps.Type> = {
  verified: 'success',
  pending: 'pending',
  failed: 'error',
};

interface Props {
  state: ProofState;
  /** A link to the details. */
  action?: ReactNode;
}

/**
 * Shows what this browser has proven about a record or a workflow. It never shows a verdict of the service.
 *
 * The badge has the space for its result from the start, so that nothing below it moves when the result arrives.
 */
export function ProofBadge({ state, action }: Props) {
  const { t } = useTranslation('proof');
  const { type, label, sentence } = present(state, t);
  return (
    <div className="proof-badge" data-reserved={usualSummary()}>
      <div role="status" aria-label={t('title')} className="proof-badge-content">
        <StatusIndicator type={type} wrapText>
          <strong>{label}</strong>
        </StatusIndicator>{' '}
        <Box variant="span" color={type === 'error' ? 'text-status-error' : 'text-body-secondary'}>
          {sentence}
        </Box>{' '}
        {action}
      </div>
    </div>
  );
}

interface Presentation {
  type: StatusIndicatorProps.Type;
  label: string;
  sentence: string;
}

function present(state: ProofState, t: TFunction<'proof'>): Presentation {
  switch (state.kind) {
    case 'checked':
      return {
        type: VERDICT_TYPES[state.verdict],
        label: t(`badge.${state.verdict}`),
        sentence: state.sentence,
      };
    case 'verifying': {
      const { completed, total } = state.progress ?? { completed: 0, total: 0 };
      const sentence = total > 1 ? t('badge.progress', { completed, total }) : '';
      return { type: 'in-progress', label: t('badge.verifying'), sentence };
    }
    case 'error': {
      const { code, title, detail } = toProblem(state.error);
      const sentence = [title, detail].filter(Boolean).join('. ');
      // Not an outage: the stored log contradicts what was signed or recorded, so there is nothing to verify against.
      if (code === 'log-damaged') return { type: 'error', label: t('badge.failed'), sentence };
      return { type: 'warning', label: t('badge.notVerified'), sentence };
    }
  }
}
