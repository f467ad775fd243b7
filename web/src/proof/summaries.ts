import { formatDate } from '../i18n/format';
import { verdictOf, type Check, type Verdict } from './checks';
import { formatSequences, type WorkflowResult } from './checkWorkflow';

/** The verdict on a record or a workflow, in one sentence or two. */
export interface Summary {
  verdict: Verdict;
  sentence: string;
}

/** Summarize the checks of one record. */
export function summarizeRecord(checks: Check[], occurredAt: string): Summary {
  const verdict = verdictOf(checks);
  if (verdict === 'failed') return { verdict, sentence: failedSentence(checks) };
  if (verdict === 'pending') {
    const sentence =
      'This record is newer than the newest checkpoint of the log, which is normal for a minute or two.';
    return { verdict, sentence: `${sentence}${exceptions(checks)}` };
  }
  const sentence = `Recorded unchanged in the log since ${formatDate(occurredAt)}. ${CHECKED_RECORD}`;
  return { verdict, sentence: `${sentence}${exceptions(checks)}` };
}

/** Summarize the checks of a checkpoint. */
export function summarizeCheckpoint(checks: Check[]): Summary {
  const verdict = verdictOf(checks);
  if (verdict === 'failed') return { verdict, sentence: failedSentence(checks) };
  const sentence =
    'This browser checked the signature of the checkpoint, and compared it with the newest one that it saw earlier.';
  return { verdict, sentence: `${sentence}${exceptions(checks)}` };
}

const CHECKED_RECORD =
  'This browser checked the hash, the commitments, the inclusion in the log, and the signature of the checkpoint.';
const CHECKED_WORKFLOW =
  'This browser checked the hashes, the commitments, the chain, the inclusion in the log, and the signature of the checkpoint.';

/** Summarize the checks of a workflow. */
export function summarizeWorkflow(result: WorkflowResult, hasMore: boolean): Summary {
  const { verdict, events, checks } = result;
  const all = [...checks, ...events.flatMap((event) => event.checks)];
  const count = events.length;
  if (verdict === 'failed') {
    const failedEvents = events.filter((event) => verdictOf(event.checks) === 'failed');
    const failed = checks.filter(({ state }) => state === 'failed');
    const first = failedEvents[0];
    // A missing event names itself.
    const sentences = first ? failedSentence(first.checks) : failedSentence(failed);
    const prefix = first && !sentences.includes(`event ${first.sequence}`) ? `Event ${first.sequence}: ` : '';
    const others = failedEvents.length + failed.length - 1;
    const more = others > 0 ? ` And ${others === 1 ? '1 other finding' : `${others} other findings`}.` : '';
    return { verdict, sentence: `${prefix}${sentences}${more}` };
  }
  if (verdict === 'pending') return { verdict, sentence: `${pendingSentence(result)}${exceptions(all)}` };
  const which = hasMore
    ? `The first ${count} events are`
    : count === 1
      ? 'The event is'
      : `All ${count} events are`;
  const more = hasMore ? ' To check the others, load them in the history.' : '';
  return {
    verdict,
    sentence: `${which} recorded unchanged in the log. ${CHECKED_WORKFLOW}${more}${exceptions(all)}`,
  };
}

function pendingSentence({ events, checks }: WorkflowResult): string {
  const sequences = events
    .filter((event) => verdictOf(event.checks) === 'pending')
    .map(({ sequence }) => sequence);
  if (sequences.length === 0) return checks.find(({ state }) => state === 'pending')?.detail ?? '';
  const subject = `${capitalize(formatSequences(sequences))} ${sequences.length > 1 ? 'are' : 'is'}`;
  return `${subject} newer than the newest checkpoint of the log, which is normal for a minute or two. No check failed.`;
}

function failedSentence(checks: Check[]): string {
  const failed = checks.filter(({ state }) => state === 'failed');
  return failed.map(({ detail }) => detail).join(' ');
}

const EXCEPTIONS = { withheld: 'Withheld from you', erased: 'Erased', 'not-checked': 'Not checked' } as const;

/** Name what couldn't be checked, and why. */
function exceptions(checks: Check[]): string {
  const states = Object.keys(EXCEPTIONS) as (keyof typeof EXCEPTIONS)[];
  return states
    .map((state) => {
      const names = checks.filter((check) => check.state === state).map(({ name }) => name.toLowerCase());
      return names.length > 0 ? ` ${EXCEPTIONS[state]}: ${[...new Set(names)].join(', ')}.` : '';
    })
    .join('');
}

const capitalize = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
