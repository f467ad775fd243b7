import type { TFunction } from 'i18next';
import type { Comparison } from './compareWithWorkflow';
import { findingSentence } from '../proof/findings';
import type { CombinedVerification } from './verification';

/** Something that doesn't match, in a sentence. */
export interface FindingText {
  sequence: number;
  datasetId: string | null;
  code: string;
  sentence: string;
  /** What the service says about it; empty if the console found it. */
  detail: string;
}

/** Return the findings of the audit service and of the comparison with the workflow service, by sequence. */
export function describeFindings(
  t: TFunction<'audit'>,
  verification: CombinedVerification,
  comparison: Comparison | undefined,
): FindingText[] {
  const found = verification.findings.map(({ sequence, datasetId, code, detail }): FindingText => ({
    sequence,
    datasetId,
    code,
    sentence:
      code === 'missing' || code === 'missing-tail'
        ? t('findings.lacks-event', { sequence })
        : findingSentence(code) || t('findings.unknown', { code }),
    detail,
  }));
  const compared = (comparison?.findings ?? []).map(({ sequence, datasetId, code }): FindingText => ({
    sequence,
    datasetId,
    code,
    sentence: t(`findings.${code}`, { sequence }),
    detail: '',
  }));
  return [...found, ...compared].sort((one, other) => one.sequence - other.sequence);
}
