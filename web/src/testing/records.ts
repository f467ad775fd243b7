import type { HistoryEntry, Part, VerifiableRecord, Workflow } from '../api/types';
import { canonicalize } from '../proof/canonical';
import { commitTo, firstPreviousHash, hashSealed } from '../proof/commitment';

export const SALT = btoa('s'.repeat(32));

const PERSON = {
  name: 'Ada',
  email: 'ada@example.com',
  groups: ['finance'],
  sourceIp: '192.0.2.1',
  userAgent: 'Firefox',
};

export interface RecordOptions {
  datasetId?: string;
  occurredAt?: string;
  actionType?: string;
  outcome?: string;
  title?: string;
  comment?: string | null;
  after?: Record<string, unknown>;
  sequence?: number;
  previousHash?: string;
}

/** Build an audit record whose hash and commitments are right. */
export async function buildRecord(options: RecordOptions = {}): Promise<VerifiableRecord> {
  const content = {
    title: options.title ?? 'Laptops',
    comment: options.comment ?? null,
    before: null,
    after: options.after ?? { amount: 12.5 },
  };
  return seal(content, {
    eventId: options.datasetId ?? 'd-1',
    source: '/countersign/workflow',
    actionType: options.actionType ?? 'REQUEST',
    target: { type: 'workflow', id: 'w-1' },
    outcome: options.outcome ?? 'PENDING',
    occurredAt: options.occurredAt ?? '2026-01-02T03:04:05.000Z',
    workflow: {
      scheme: 'purchase',
      schemeVersion: 1,
      stepId: 'approval',
      round: 1,
      sequence: options.sequence ?? 1,
      previousHash: options.previousHash ?? (await firstPreviousHash('w-1')),
    },
  });
}

/** Build the record of an erasure. */
export function buildErasure(erased: { datasetId: string; parts: Part[] }[]): Promise<VerifiableRecord> {
  const after = { reason: 'Request 4711', parts: ['person', 'content'], erased };
  return seal(
    { title: 'Erasure', comment: 'Request 4711', before: null, after },
    {
      eventId: 'e-1',
      source: '/countersign/audit',
      actionType: 'ERASE',
      target: { type: 'user', id: 'u-ada' },
      outcome: 'ERASED',
      occurredAt: '2026-01-03T03:04:05.000Z',
    },
  );
}

type Varying = 'eventId' | 'source' | 'actionType' | 'target' | 'outcome' | 'occurredAt' | 'workflow';

/** Build a record of what Ada did. */
async function seal(
  content: NonNullable<VerifiableRecord['content']>,
  members: Pick<VerifiableRecord['sealed'], Varying>,
): Promise<VerifiableRecord> {
  const openings = {
    person: { salt: SALT, value: canonicalize(PERSON) },
    content: { salt: SALT, value: canonicalize(content) },
  };
  const sealed = {
    schemaVersion: 1,
    actionOwner: { type: 'user', id: 'u-ada' },
    requestId: 'r-1',
    participants: ['user:u-ada'],
    personCommitment: await commitTo('person', SALT, openings.person.value),
    contentCommitment: await commitTo('content', SALT, openings.content.value),
    ...members,
  };
  const text = canonicalize(sealed);
  return {
    datasetId: sealed.eventId,
    hash: await hashSealed(text),
    sealed,
    person: PERSON,
    content,
    redacted: [],
    erased: [],
    canonical: { sealed: text, ...openings },
  };
}

/** Remove parts of a record, as an erasure does. */
export function eraseParts(record: VerifiableRecord, parts: Part[], erasedBy: string): VerifiableRecord {
  const missing = Object.fromEntries(parts.map((part) => [part, null]));
  return {
    ...record,
    ...missing,
    erased: parts.map((part) => ({ part, erasedBy })),
    canonical: { ...record.canonical, ...missing },
  };
}

/** Return the history entry that the workflow service has for a record. */
export function historyEntryOf(record: VerifiableRecord): HistoryEntry {
  const { sealed } = record;
  if (!sealed.workflow || !record.content) throw new Error('Not a complete workflow record.');
  return {
    eventId: record.datasetId,
    sequence: sealed.workflow.sequence,
    version: sealed.workflow.sequence,
    actionType: sealed.actionType as HistoryEntry['actionType'],
    outcome: sealed.outcome as HistoryEntry['outcome'],
    round: sealed.workflow.round,
    stepId: sealed.workflow.stepId,
    actionOwner: { type: 'user', id: sealed.actionOwner.id, name: 'Ada' },
    title: record.content.title,
    comment: record.content.comment,
    occurredAt: sealed.occurredAt,
    hash: record.hash,
    previousHash: sealed.workflow.previousHash,
  };
}

/** Build a chain of records of one workflow: one for each set of options. */
export async function buildChain(...events: RecordOptions[]): Promise<VerifiableRecord[]> {
  const records: VerifiableRecord[] = [];
  for (const options of events) {
    const sequence = records.length + 1;
    const previousHash = records.at(-1)?.hash;
    records.push(await buildRecord({ datasetId: `d-${sequence}`, sequence, previousHash, ...options }));
  }
  return records;
}

/** Return the workflow as the service has it after a chain of events. */
export function workflowAfter(records: VerifiableRecord[]): Workflow {
  const newest = records.at(-1);
  if (!newest?.content) throw new Error('No event with content.');
  return {
    workflowId: 'w-1',
    scheme: 'purchase',
    schemeVersion: 1,
    title: newest.content.title,
    status: newest.sealed.outcome as Workflow['status'],
    round: newest.sealed.workflow?.round ?? 1,
    stepId: 'approval',
    approvers: { users: [], groups: ['approvers'] },
    requester: { userId: 'u-ada', name: 'Ada' },
    version: records.length,
    preview: [],
    decidedBy: [],
    createdAt: '2026-01-02T03:04:05.000Z',
    updatedAt: newest.sealed.occurredAt,
    allowedActions: [],
    data: newest.content.after ?? {},
  };
}
