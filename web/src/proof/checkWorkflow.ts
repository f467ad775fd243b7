import type { HistoryEntry, Workflow } from '../api/types';
import { checkShownRecords, isSame } from './checkRecord';
import { isRecent, verdictOf, type Check, type Verdict } from './checks';
import en from './messages/en';
import type { RecordResult, WorkflowResults } from './results';
import { proofText } from './text';

type JsonObject = Record<string, unknown>;

/** A workflow as its page shows it. */
export interface ShownWorkflow {
  workflow: Workflow;
  /** The entries of the history that are loaded, oldest first. */
  entries: HistoryEntry[];
  /** Whether the history has more entries. */
  hasMore: boolean;
  /** Whether the user sees drafts that were saved and not requested. */
  seesDrafts: boolean;
}

/** What the browser found out about one event of a workflow. */
export interface EventResult {
  sequence: number;
  datasetId: string;
  checks: Check[];
}

export interface WorkflowResult {
  verdict: Verdict;
  events: EventResult[];
  /** Checks of the workflow as a whole. */
  checks: Check[];
  /** Sequences of events that the user can't see. */
  withheldEvents: number[];
}

/** Check a workflow as its page shows it against the records of the audit trail. */
export function checkWorkflow(shown: ShownWorkflow, results: WorkflowResults, now: Date): WorkflowResult {
  const { entries } = shown;
  const events = entries.map((entry, position) => {
    const result = results.records.get(entry.eventId);
    const previous = position === 0 ? null : (entries[position - 1] ?? null);
    return {
      sequence: entry.sequence,
      datasetId: entry.eventId,
      checks: result ? checkEvent({ entry, previous, result, results }, now) : [notChecked('record')],
    };
  });
  const { withheldEvents, check } = checkCompleteness(shown, now);
  const checks = [check, checkOthers(shown, results), checkState(shown, results, now)];
  return {
    verdict: verdictOf([...checks, ...events.flatMap((event) => event.checks)]),
    events,
    checks,
    withheldEvents,
  };
}

interface EventToCheck {
  entry: HistoryEntry;
  /** The entry before it in the history. */
  previous: HistoryEntry | null;
  result: RecordResult;
  results: WorkflowResults;
}

function checkEvent(event: EventToCheck, now: Date): Check[] {
  const { entry, result } = event;
  const { sequence } = entry;
  const t = proofText();
  const name = t('names.record');
  if (result.kind === 'missing') {
    return [
      isRecent(entry.occurredAt, now)
        ? { name, state: 'pending', detail: t('record.onItsWay', { sequence }) }
        : { name, state: 'failed', detail: t('record.lacking', { sequence }) },
    ];
  }
  if (result.kind === 'unreadable') {
    return [{ name, state: 'failed', detail: t('record.damaged', { sequence }) }];
  }
  return [
    ...result.checks,
    checkShownRecords(result.checked, [result.record]),
    checkEntry(entry, result),
    checkLink(event, result),
  ];
}

type CheckedResult = Extract<RecordResult, { kind: 'checked' }>;

/** Check that the entry of the history, which the workflow service stores, says what the audit record says. */
function checkEntry(entry: HistoryEntry, { checked }: CheckedResult): Check {
  const { sealed, person, content } = checked;
  const block = asObject(sealed?.workflow);
  const owner = asObject(sealed?.actionOwner);
  const pairs: Pair[] = [
    ['hash', entry.hash, checked.hash],
    ['eventId', entry.eventId, sealed?.eventId],
    ['sequence', entry.sequence, block.sequence],
    ['previousHash', entry.previousHash, block.previousHash],
    ['action', entry.actionType, sealed?.actionType],
    ['outcome', entry.outcome, sealed?.outcome],
    ['round', entry.round, block.round],
    ['step', entry.stepId, block.stepId],
    ['actionOwner', entry.actionOwner.id, owner.id],
    ['time', Date.parse(entry.occurredAt), Date.parse(String(sealed?.occurredAt))],
    ...(person ? [['name', entry.actionOwner.name, person.name] satisfies Pair] : []),
    ...(content
      ? ([
          ['title', entry.title, content.title],
          ['comment', entry.comment, content.comment],
        ] satisfies Pair[])
      : []),
  ];
  return compared('history', pairs);
}

function checkLink({ entry, previous, results }: EventToCheck, { checked }: CheckedResult): Check {
  const found = asObject(checked.sealed?.workflow).previousHash;
  const isNext = previous?.sequence === entry.sequence - 1;
  const before = isNext ? results.records.get(previous.eventId) : undefined;
  if (isNext && before?.kind !== 'checked') return notChecked('link');
  // The history leaves out other users' drafts. Their sealed texts are not withheld.
  const draft = results.others?.find(({ sequence }) => sequence === entry.sequence - 1);
  const expected = before?.kind === 'checked' ? before.checked.hash : (draft?.hash ?? null);
  if (entry.sequence !== 1 && expected === null) {
    const t = proofText();
    return { name: t('names.link'), state: 'withheld', detail: t('link.withheld') };
  }
  return compareLink(found, expected ?? results.firstPreviousHash);
}

function compareLink(found: unknown, expected: string): Check {
  const isValid = found === expected;
  const t = proofText();
  return {
    name: t('names.link'),
    state: isValid ? 'passed' : 'failed',
    detail: t(isValid ? 'link.passed' : 'link.failed'),
    inputs: { [t('labels.inSealedText')]: String(found), [t('labels.previousHash')]: expected },
  };
}

/** Check that no event is missing between the first one and the version of the workflow. */
function checkCompleteness(
  { workflow, entries, hasMore, seesDrafts }: ShownWorkflow,
  now: Date,
): { check: Check; withheldEvents: number[] } {
  const sequences = entries.map(({ sequence }) => sequence);
  const last = sequences.at(-1) ?? 0;
  const expectedLast = hasMore ? last : Math.max(workflow.version, last);
  const present = new Set(sequences);
  const absent = range(1, expectedLast).filter((sequence) => !present.has(sequence));
  const isOrdered = sequences.every(
    (sequence, position) => position === 0 || sequence > (sequences[position - 1] ?? 0),
  );
  const t = proofText();
  const check = (state: Check['state'], detail: string): Check => ({
    name: t('names.completeness'),
    state,
    detail,
  });
  if (!isOrdered) return { withheldEvents: [], check: check('failed', t('completeness.unordered')) };
  if (absent.length === 0) {
    return { withheldEvents: [], check: check('passed', t('completeness.passed', { last })) };
  }
  const names = formatSequences(absent);
  if (!seesDrafts) {
    const detail = t('completeness.withheld', { events: names });
    return { withheldEvents: absent, check: check('withheld', detail) };
  }
  // The newest event can be committed between the two responses of the workflow service.
  const isTail = absent.every((sequence) => sequence > last);
  if (isTail && isRecent(workflow.updatedAt, now)) {
    return { withheldEvents: [], check: check('pending', t('completeness.pending', { events: names })) };
  }
  return {
    withheldEvents: [],
    check: check('failed', t('completeness.failed', { events: names, version: workflow.version })),
  };
}

/** Check that the audit trail has no events that the workflow doesn't have. */
function checkOthers({ entries, hasMore, seesDrafts }: ShownWorkflow, { others }: WorkflowResults): Check {
  if (others === null) return notChecked('others');
  const t = proofText();
  const name = t('names.others');
  const last = entries.at(-1)?.sequence ?? 0;
  const relevant = others.filter(
    ({ sequence, actionType }) =>
      // Events after the loaded part of the history, and drafts of another user, aren't on the page.
      (!hasMore || sequence === null || sequence <= last) && (seesDrafts || actionType !== 'SAVE'),
  );
  const unknown = relevant.filter(({ isInHistory }) => !isInHistory);
  if (unknown.length > 0) {
    const sequences = unknown.flatMap(({ sequence }) => sequence ?? []).sort((one, other) => one - other);
    const what = sequences.length > 0 ? formatSequences(sequences) : t('others.damaged');
    const inputs = { [t('labels.datasetIds')]: unknown.map(({ datasetId }) => datasetId).join('\n') };
    return { name, state: 'failed', detail: t('others.failed', { what }), inputs };
  }
  if (relevant.length > 0) {
    return { name, state: 'pending', detail: t('others.pending') };
  }
  return { name, state: 'passed', detail: t('others.passed') };
}

/** Check that the page shows the state that the newest event led to. */
function checkState(shown: ShownWorkflow, { records }: WorkflowResults, now: Date): Check {
  const { workflow, entries } = shown;
  const setBack = checkSetBack(shown, now);
  if (setBack) return setBack;
  const checkedRecord = (entry: HistoryEntry | undefined) => {
    const result = entry && records.get(entry.eventId);
    return result?.kind === 'checked' ? result.checked : null;
  };
  const newest = entries.at(-1);
  const newestRecord = checkedRecord(newest);
  // Users who don't see drafts see what was requested last.
  const contentRecord = shown.seesDrafts
    ? newestRecord
    : checkedRecord(entries.findLast(({ actionType }) => actionType === 'REQUEST'));
  const isComparable = isNewestVersion(shown) && newestRecord && contentRecord;
  if (!isComparable) return notChecked('state');

  const block = asObject(newestRecord.sealed?.workflow);
  const pairs: Pair[] = [
    ['status', workflow.status, newestRecord.sealed?.outcome],
    ['round', workflow.round, block.round],
    ['scheme', workflow.scheme, block.scheme],
    ['schemeVersion', workflow.schemeVersion, block.schemeVersion],
    ['workflowId', workflow.workflowId, asObject(newestRecord.sealed?.target).id],
  ];
  const first = entries[0]?.sequence === 1 ? checkedRecord(entries[0]) : null;
  if (first) pairs.push(['requester', workflow.requester.userId, asObject(first.sealed?.actionOwner).id]);
  const isNewest = newest?.sequence === workflow.version;
  pairs.push(...contentPairs(workflow, contentRecord.content, isNewest ? newestRecord.content : null));
  return compared('state', pairs);
}

/**
 * Compare the title and the data of a workflow with the content of the record that they are from.
 *
 * @param newest The content of the newest record. A workflow is erased if and only if that was erased.
 */
function contentPairs(workflow: Workflow, content: JsonObject | null, newest: JsonObject | null): Pair[] {
  if (workflow.contentErased) return [['content', null, newest]];
  if (!content) return [];
  return [
    ['title', workflow.title, content.title],
    ['data', workflow.data, content.after],
  ];
}

/** Whether the loaded history ends where the workflow is. They can differ while the page loads a change. */
function isNewestVersion({ workflow, entries, hasMore, seesDrafts }: ShownWorkflow): boolean {
  const last = entries.at(-1)?.sequence ?? 0;
  return !hasMore && (seesDrafts ? last === workflow.version : last <= workflow.version);
}

/** Fail if the workflow is older than its newest event, for longer than the page can take to load a change. */
function checkSetBack({ workflow, entries }: ShownWorkflow, now: Date): Check | null {
  const newest = entries.at(-1);
  if (!newest || newest.sequence <= workflow.version || isRecent(newest.occurredAt, now)) return null;
  const t = proofText();
  const detail = t('state.setBack', { version: workflow.version, last: newest.sequence });
  return { name: t('names.state'), state: 'failed', detail };
}

/** A name, and the value that the page shows and the one that was recorded. */
type Pair = [field: keyof typeof en.fields, shown: unknown, recorded: unknown];

function compared(subject: 'history' | 'state', pairs: Pair[]): Check {
  const t = proofText();
  const name = t(`names.${subject}`);
  const different = pairs.filter(([, shown, recorded]) => !isSame(shown ?? null, recorded ?? null));
  if (different.length === 0) return { name, state: 'passed', detail: t(`${subject}.passed`) };
  return {
    name,
    state: 'failed',
    detail: t(`${subject}.failed`, { fields: different.map(([field]) => t(`fields.${field}`)).join(', ') }),
    inputs: Object.fromEntries(
      different.map(([field, shown, recorded]) => [
        t(`fields.${field}`),
        t('labels.recorded', { shown: JSON.stringify(shown), recorded: JSON.stringify(recorded) }),
      ]),
    ),
  };
}

function notChecked(id: keyof typeof en.names): Check {
  const t = proofText();
  return { name: t(`names.${id}`), state: 'not-checked', detail: t('notAvailable') };
}

const asObject = (value: unknown): JsonObject =>
  typeof value === 'object' && value !== null ? (value as JsonObject) : {};

const range = (first: number, last: number): number[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, offset) => first + offset);

/** Return "event 2" or "events 2, 5–7". The sequences are sorted. */
export const formatSequences = (sequences: number[]): string =>
  proofText()('sequences', { count: sequences.length, list: formatRanges(sequences) });

/** Return "2, 5–7". The sequences are sorted. */
export function formatRanges(sequences: number[]): string {
  const ranges: [number, number][] = [];
  for (const sequence of sequences) {
    const lastRange = ranges.at(-1);
    if (lastRange?.[1] === sequence - 1) lastRange[1] = sequence;
    else ranges.push([sequence, sequence]);
  }
  return ranges.map(([first, last]) => (first === last ? String(first) : `${first}–${last}`)).join(', ');
}
