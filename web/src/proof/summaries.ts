import { formatDate } from '../i18n/format';
import { verdictOf, type Check, type Verdict } from './checks';
import { formatRanges, type WorkflowResult } from './checkWorkflow';
import { proofText } from './text';

/** The verdict on a record or a workflow, in one sentence or two. */
export interface Summary {
  verdict: Verdict;
  sentence: string;
}

const join = (...sentences: string[]): string => sentences.filter(Boolean).join(' ');

/** Summarize the checks of one record. */
export function summarizeRecord(checks: Check[], occurredAt: string): Summary {
  const t = proofText();
  const verdict = verdictOf(checks);
  if (verdict === 'failed') return { verdict, sentence: failedSentence(checks) };
  const sentence =
    verdict === 'pending'
      ? t('summary.pendingRecord')
      : join(t('summary.record', { date: formatDate(occurredAt) }), t('summary.checkedRecord'));
  return { verdict, sentence: join(sentence, exceptions(checks)) };
}

/** Summarize the checks of a checkpoint. */
export function summarizeCheckpoint(checks: Check[]): Summary {
  const verdict = verdictOf(checks);
  if (verdict === 'failed') return { verdict, sentence: failedSentence(checks) };
  return { verdict, sentence: join(proofText()('summary.checkpoint'), exceptions(checks)) };
}

/** Summarize the checks of a workflow. */
export function summarizeWorkflow(result: WorkflowResult, hasMore: boolean): Summary {
  const t = proofText();
  const { verdict, events, checks } = result;
  if (verdict === 'failed') return { verdict, sentence: summarizeFailure(result) };
  const all = [...checks, ...events.flatMap((event) => event.checks)];
  if (verdict === 'pending') return { verdict, sentence: join(pendingSentence(result), exceptions(all)) };
  const sentence = join(
    t(hasMore ? 'summary.first' : 'summary.all', { count: events.length }),
    t('summary.checkedWorkflow'),
    hasMore ? t('summary.more') : '',
    exceptions(all),
  );
  return { verdict, sentence };
}

function summarizeFailure({ events, checks }: WorkflowResult): string {
  const t = proofText();
  const failedEvents = events.filter((event) => verdictOf(event.checks) === 'failed');
  const failed = checks.filter(({ state }) => state === 'failed');
  const [first] = failedEvents;
  const sentences = failedSentence(first ? first.checks : failed);
  const others = failedEvents.length + failed.length - 1;
  return join(
    first && !namesItself(first) ? t('summary.event', { sequence: first.sequence, sentences }) : sentences,
    others > 0 ? t('summary.otherFindings', { count: others }) : '',
  );
}

/** Whether the sentence about an event names it: that its record is missing or damaged. */
const namesItself = ({ checks }: { checks: Check[] }): boolean =>
  checks.length === 1 && checks[0]?.name === proofText()('names.record');

function pendingSentence({ events, checks }: WorkflowResult): string {
  const sequences = events
    .filter((event) => verdictOf(event.checks) === 'pending')
    .map(({ sequence }) => sequence);
  if (sequences.length === 0) return checks.find(({ state }) => state === 'pending')?.detail ?? '';
  return proofText()('summary.pendingEvents', { count: sequences.length, list: formatRanges(sequences) });
}

const failedSentence = (checks: Check[]): string =>
  join(...checks.filter(({ state }) => state === 'failed').map(({ detail }) => detail));

const EXCEPTIONS = ['withheld', 'erased', 'not-checked'] as const;

/** Name what couldn't be checked, and why. */
function exceptions(checks: Check[]): string {
  const t = proofText();
  return join(
    ...EXCEPTIONS.map((state) => {
      const names = checks
        .filter((check) => check.state === state)
        .map(({ name }) => t('inSentence', { name, lower: name.toLowerCase() }));
      return names.length > 0 ? t(`summary.${state}`, { names: [...new Set(names)].join(', ') }) : '';
    }),
  );
}

/** Return a text as long as the longest usual summary, to keep the space for it. */
export function usualSummary(): string {
  const t = proofText();
  const names = [t('names.person'), t('names.content')].join(', ');
  return join(
    t('badge.verified'),
    t('summary.record', { date: formatDate(new Date()) }),
    t('summary.checkedWorkflow'),
    t('summary.erased', { names }),
    // The icon, and the link to the details.
    t('badge.verified'),
  );
}
