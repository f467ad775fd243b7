import type { HistoryEntry, Workflow } from '../api/types';
import { checkShownRecords, isSame } from './checkRecord';
import { isRecent, verdictOf, type Check, type Verdict } from './checks';
import type { RecordResult, WorkflowResults } from './results';

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
      checks: result ? checkEvent({ entry, previous, result, results }, now) : [notChecked('Record')],
    };
  });
  const { withheldEvents, check } = checkCompleteness(shown, now);
  const checks = [check, checkOthers(shown, results), checkState(shown, results)];
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
  if (result.kind === 'missing') {
    return [
      isRecent(entry.occurredAt, now)
        ? {
            name: 'Record',
            state: 'pending',
            detail: `Event ${sequence} is on its way to the audit trail.`,
          }
        : { name: 'Record', state: 'failed', detail: `The audit trail lacks event ${sequence}.` },
    ];
  }
  if (result.kind === 'unreadable') {
    const detail = `The audit trail's record of event ${sequence} is damaged.`;
    return [{ name: 'Record', state: 'failed', detail }];
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
    ['event ID', entry.eventId, sealed?.eventId],
    ['sequence', entry.sequence, block.sequence],
    ['previous hash', entry.previousHash, block.previousHash],
    ['action', entry.actionType, sealed?.actionType],
    ['outcome', entry.outcome, sealed?.outcome],
    ['round', entry.round, block.round],
    ['step', entry.stepId, block.stepId],
    ['action owner', entry.actionOwner.id, owner.id],
    ['time', Date.parse(entry.occurredAt), Date.parse(String(sealed?.occurredAt))],
    ...(person ? [['name', entry.actionOwner.name, person.name] satisfies Pair] : []),
    ...(content
      ? ([
          ['title', entry.title, content.title],
          ['comment', entry.comment, content.comment],
        ] satisfies Pair[])
      : []),
  ];
  return compared('History', 'The history shows what the record says.', 'The history', pairs);
}

function checkLink({ entry, previous, results }: EventToCheck, { checked }: CheckedResult): Check {
  const name = 'Link to the previous event';
  const found = asObject(checked.sealed?.workflow).previousHash;
  const isNext = previous?.sequence === entry.sequence - 1;
  const before = isNext ? results.records.get(previous.eventId) : undefined;
  if (isNext && before?.kind !== 'checked') return notChecked(name);
  // The history leaves out other users' drafts. Their sealed texts are not withheld.
  const draft = results.others?.find(({ sequence }) => sequence === entry.sequence - 1);
  const expected = before?.kind === 'checked' ? before.checked.hash : (draft?.hash ?? null);
  if (entry.sequence !== 1 && expected === null) {
    return { name, state: 'withheld', detail: "You can't see the previous event." };
  }
  return compareLink(name, found, expected ?? results.firstPreviousHash);
}

function compareLink(name: string, found: unknown, expected: string): Check {
  const isValid = found === expected;
  return {
    name,
    state: isValid ? 'passed' : 'failed',
    detail: isValid
      ? 'The sealed text contains the hash of the previous event.'
      : "The sealed text doesn't contain the hash of the previous event.",
    inputs: { 'In the sealed text': String(found), 'Hash of the previous event': expected },
  };
}

const COMPLETENESS = 'Completeness';

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
  const check = (state: Check['state'], detail: string): Check => ({ name: COMPLETENESS, state, detail });
  if (!isOrdered) {
    return {
      withheldEvents: [],
      check: check('failed', 'The history has two events with the same position.'),
    };
  }
  if (absent.length === 0) {
    const detail = `The history has the events 1 to ${last} without a gap.`;
    return { withheldEvents: [], check: check('passed', detail) };
  }
  const names = formatSequences(absent);
  if (!seesDrafts) {
    const detail = `You can't see ${names}: drafts are private to the requester.`;
    return { withheldEvents: absent, check: check('withheld', detail) };
  }
  // The newest event can be committed between the two responses of the workflow service.
  const isTail = absent.every((sequence) => sequence > last);
  if (isTail && isRecent(workflow.updatedAt, now)) {
    return { withheldEvents: [], check: check('pending', `The history doesn't show ${names} yet.`) };
  }
  return {
    withheldEvents: [],
    check: check('failed', `The history lacks ${names} of the workflow's ${workflow.version} events.`),
  };
}

/** Check that the audit trail has no events that the workflow doesn't have. */
function checkOthers({ entries, hasMore, seesDrafts }: ShownWorkflow, { others }: WorkflowResults): Check {
  const name = 'Other events';
  if (others === null) return notChecked(name);
  const last = entries.at(-1)?.sequence ?? 0;
  const relevant = others.filter(
    ({ sequence, actionType }) =>
      // Events after the loaded part of the history, and drafts of another user, aren't on the page.
      (!hasMore || sequence === null || sequence <= last) && (seesDrafts || actionType !== 'SAVE'),
  );
  const unknown = relevant.filter(({ isInHistory }) => !isInHistory);
  if (unknown.length > 0) {
    const sequences = unknown.flatMap(({ sequence }) => sequence ?? []).sort((one, other) => one - other);
    const what = sequences.length > 0 ? formatSequences(sequences) : 'a damaged record';
    const inputs = { 'Dataset IDs': unknown.map(({ datasetId }) => datasetId).join('\n') };
    const detail = `The audit trail has ${what}, which the workflow doesn't have: forged, or removed from the workflow.`;
    return { name, state: 'failed', detail, inputs };
  }
  if (relevant.length > 0) {
    return { name, state: 'pending', detail: "The page doesn't show the newest event yet." };
  }
  const detail = "The audit trail has no events of this workflow that the workflow doesn't have.";
  return { name, state: 'passed', detail };
}

const STATE = 'State of the workflow';

/** Check that the page shows the state that the newest event led to. */
function checkState(shown: ShownWorkflow, { records }: WorkflowResults): Check {
  const { workflow, entries } = shown;
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
  if (!isComparable) return notChecked(STATE);

  const block = asObject(newestRecord.sealed?.workflow);
  const pairs: Pair[] = [
    ['status', workflow.status, newestRecord.sealed?.outcome],
    ['round', workflow.round, block.round],
    ['scheme', workflow.scheme, block.scheme],
    ['scheme version', workflow.schemeVersion, block.schemeVersion],
    ['workflow ID', workflow.workflowId, asObject(newestRecord.sealed?.target).id],
  ];
  const first = entries[0]?.sequence === 1 ? checkedRecord(entries[0]) : null;
  if (first) pairs.push(['requester', workflow.requester.userId, asObject(first.sealed?.actionOwner).id]);
  const isNewest = newest?.sequence === workflow.version;
  pairs.push(...contentPairs(workflow, contentRecord.content, isNewest ? newestRecord.content : null));
  return compared(STATE, 'The page shows the state that the newest event led to.', 'The workflow', pairs);
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

/** A name, and the value that the page shows and the one that was recorded. */
type Pair = [name: string, shown: unknown, recorded: unknown];

function compared(name: string, passed: string, subject: string, pairs: Pair[]): Check {
  const different = pairs.filter(([, shown, recorded]) => !isSame(shown ?? null, recorded ?? null));
  if (different.length === 0) return { name, state: 'passed', detail: passed };
  return {
    name,
    state: 'failed',
    detail: `${subject} differs from the record: ${different.map(([label]) => label).join(', ')}.`,
    inputs: Object.fromEntries(
      different.map(([label, shown, recorded]) => [
        label,
        `${JSON.stringify(shown)} (recorded: ${JSON.stringify(recorded)})`,
      ]),
    ),
  };
}

const notChecked = (name: string): Check => ({
  name,
  state: 'not-checked',
  detail: "What it needs isn't available yet.",
});

const asObject = (value: unknown): JsonObject =>
  typeof value === 'object' && value !== null ? (value as JsonObject) : {};

const range = (first: number, last: number): number[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, offset) => first + offset);

/** Return "event 2" or "events 2, 5–7". The sequences are sorted. */
export function formatSequences(sequences: number[]): string {
  const ranges: [number, number][] = [];
  for (const sequence of sequences) {
    const lastRange = ranges.at(-1);
    if (lastRange?.[1] === sequence - 1) lastRange[1] = sequence;
    else ranges.push([sequence, sequence]);
  }
  const texts = ranges.map(([first, last]) => (first === last ? String(first) : `${first}–${last}`));
  return `${sequences.length === 1 ? 'event' : 'events'} ${texts.join(', ')}`;
}
