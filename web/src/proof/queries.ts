import { queryOptions, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useApi } from '../api/ApiProvider';
import { unwrapData, type Api } from '../api/client';
import { isRetryable, toProblem } from '../api/problem';
import type { HistoryEntry, VerifiableRecord } from '../api/types';
import type { Config } from '../config/config';
import { useConfig } from '../config/ConfigContext';
import { currentLanguage } from '../i18n';
import { workflowKeys } from '../api/queryKeys';
import { checkErasure, type ErasureEvidence } from './checkErasure';
import { checkInclusion, type InclusionProof } from './checkInclusion';
import { asText, checkRecord, parseCanonical, type CheckedRecord } from './checkRecord';
import { verdictOf, type Check } from './checks';
import { firstPreviousHash, hashSealed, type Part } from './commitment';
import { mapConcurrently } from './mapConcurrently';
import { pinKey } from './pinnedKey';
import type { OtherRecord, RecordResult, WorkflowResults } from './results';
import { createTrustedLog, type TrustedLog } from './trustedLog';
import type { Evidence, PublicKeys, RecordProof } from '../api/types';

/** How long the result of a check stays valid (ms). The log is extended every minute. */
const CHECK_LIFETIME_MS = 60_000;
/** How often to look whether a pending record is in the log now (ms). */
const PENDING_REFETCH_MS = 10_000;
const CONCURRENT_CHECKS = 4;
/** Pages of an evidence bundle that are searched for an erasure. */
const MAX_EVIDENCE_PAGES = 20;

export const proofKeys = {
  all: ['proof'] as const,
  publicKey: ['proof', 'public-key'] as const,
  // The results of checks contain texts.
  log: () => ['proof', 'log', currentLanguage()] as const,
  record: (datasetId: string) => ['proof', 'record', datasetId, currentLanguage()] as const,
  erasure: (datasetId: string) => ['proof', 'erasure', datasetId] as const,
  workflow: (workflowId: string, events: unknown[]) =>
    ['proof', 'workflow', workflowId, events, currentLanguage()] as const,
};

interface Context {
  api: Api;
  config: Config;
  queryClient: QueryClient;
}

function useContext(): Context {
  return { api: useApi(), config: useConfig(), queryClient: useQueryClient() };
}

const retry = (failures: number, error: Error) => failures < 2 && isRetryable(toProblem(error));

/** Return the data of a call, or null if the service responded with one of these statuses (0: not at all). */
async function dataOrNull<Data>(
  call: Promise<Data>,
  isNull: (status: number) => boolean,
): Promise<Data | null> {
  try {
    return await call;
  } catch (error) {
    if (isNull(toProblem(error).status)) return null;
    throw error;
  }
}

const isMissing = (status: number) => status === 404;
const isUnavailable = (status: number) => status === 0 || status === 401 || status === 429 || status >= 500;

export const publicKeyQuery = ({ api }: Pick<Context, 'api'>) =>
  queryOptions({
    queryKey: proofKeys.publicKey,
    queryFn: () => unwrapData<PublicKeys>(api.audit.GET('/audit-trail/public-key')),
    staleTime: CHECK_LIFETIME_MS,
    retry,
  });

export const logQuery = ({ api, config, queryClient }: Context) =>
  queryOptions({
    queryKey: proofKeys.log(),
    queryFn: async (): Promise<TrustedLog> => {
      let served: PublicKeys | null = null;
      let failure: unknown = new Error('The public key of the log is not available.');
      try {
        served = await queryClient.query({ ...publicKeyQuery({ api }), retry: false });
      } catch (error) {
        failure = error;
      }
      // With a pinned key, the service doesn't have to say which key it uses.
      const pinned = await pinKey(served, { ...config, storage: window.localStorage });
      if (!pinned) throw failure;
      return createTrustedLog({
        pinned,
        storage: window.localStorage,
        fetchConsistency: (from, to) => fetchConsistency(api, from, to),
        now: () => new Date(),
      });
    },
    structuralSharing: false,
    staleTime: CHECK_LIFETIME_MS,
    retry,
  });

async function fetchConsistency(api: Api, from: number, to: number): Promise<string[] | null> {
  const call = unwrapData(api.audit.GET('/audit-trail/consistency', { params: { query: { from, to } } }));
  try {
    return (await call).proof;
  } catch (error) {
    // If the service responds that there is no such proof, the trees are not consistent.
    return isUnavailable(toProblem(error).status) ? null : [];
  }
}

/** The key that this browser checks the log with, and the log itself. */
export const useTrustedLog = () => useQuery(logQuery(useContext()));

export const usePublicKey = () => useQuery(publicKeyQuery(useContext()));

const recordQuery = (context: Context, datasetId: string) =>
  queryOptions({
    queryKey: proofKeys.record(datasetId),
    queryFn: () => fetchAndCheckRecord(context, datasetId),
    structuralSharing: false,
    staleTime: CHECK_LIFETIME_MS,
    retry,
    refetchInterval: ({ state: { data } }) => (isPending(data) ? PENDING_REFETCH_MS : false),
  });

const isPending = (result: RecordResult | undefined): boolean =>
  result?.kind === 'checked' && verdictOf(result.checks) === 'pending';

async function fetchAndCheckRecord(context: Context, datasetId: string): Promise<RecordResult> {
  const { api, queryClient } = context;
  const params = { path: { datasetId } };
  const log = await queryClient.query(logQuery(context));
  // The record first: if it is sealed in between, the proof is there already.
  let record: VerifiableRecord;
  try {
    record = await unwrapData(api.audit.GET('/audit-trail/{datasetId}', { params }));
  } catch (error) {
    const problem = toProblem(error);
    if (problem.status === 404) return { kind: 'missing' };
    if (problem.code === 'unreadable-record') return { kind: 'unreadable', detail: problem.detail };
    throw error;
  }
  const proof = await dataOrNull(
    unwrapData<RecordProof>(api.audit.GET('/audit-trail/{datasetId}/proof', { params })),
    isMissing,
  );
  const checked = await checkRecord(datasetId, record);
  const now = new Date();
  const event = { eventId: datasetId, hash: checked.hash, occurredAt: asText(checked.sealed?.occurredAt) };
  const inclusion = await checkInclusion(event, toInclusionProof(proof), log, now);
  const erasures = await checkErasures(context, { record, checked }, log, now);
  return { kind: 'checked', record, checked, checks: [...checked.checks, ...erasures, ...inclusion] };
}

/** Check for each missing part of a record whether an erasure event explains it. */
async function checkErasures(
  context: Context,
  { record, checked }: { record: VerifiableRecord; checked: CheckedRecord },
  log: TrustedLog,
  now: Date,
): Promise<Check[]> {
  const { missingParts: parts } = checked;
  if (parts.length === 0) return [];
  const check = (evidence: ErasureEvidence[] | null) =>
    Promise.all(parts.map((part) => checkErasure({ datasetId: record.datasetId, part }, evidence, log, now)));
  const ids = [...new Set(record.erased.map(({ erasedBy }) => erasedBy))];
  const events = await Promise.all(ids.map((id) => context.queryClient.query(erasureQuery(context, id))));
  const named = events.filter((event) => event !== null);
  const checks = await check(named);
  if (checks.every(({ state }) => state === 'erased')) return checks;
  // Only auditors can read the events that a record names. For others, they are in the evidence of the workflow.
  const evidence = await fetchEvidenceForErasures(context.api, checked.sealed);
  if (evidence) return check([...named, ...evidence]);
  return named.length === events.length ? checks : check(null);
}

/** Fetch an erasure event, with its proof. Returns null if the user can't read it. */
const erasureQuery = ({ api }: Context, datasetId: string) =>
  queryOptions({
    queryKey: proofKeys.erasure(datasetId),
    queryFn: async (): Promise<ErasureEvidence | null> => {
      const params = { path: { datasetId } };
      const isHidden = (status: number) => isMissing(status) || status === 403 || isUnavailable(status);
      const event = await dataOrNull(
        unwrapData<VerifiableRecord>(api.audit.GET('/audit-trail/{datasetId}', { params })),
        isHidden,
      );
      if (!event) return null;
      const proof = toInclusionProof(
        await dataOrNull(
          unwrapData<RecordProof>(api.audit.GET('/audit-trail/{datasetId}/proof', { params })),
          isHidden,
        ),
      );
      return {
        erasures: [{ datasetId, hash: event.hash, ...event.canonical }],
        proofs: proof ? [{ entryId: datasetId, index: proof.index, hashes: proof.hashes }] : [],
        checkpoint: proof?.note ?? null,
      };
    },
    structuralSharing: false,
    staleTime: CHECK_LIFETIME_MS,
    retry,
  });

function toInclusionProof(response: RecordProof | null): InclusionProof | null {
  if (!response || response.state !== 'sealed') return null;
  const { leafIndex, proof, checkpoint } = response;
  // A response without these parts can't prove anything: the checks of these values fail.
  return { index: leafIndex ?? -1, hashes: proof ?? [], note: checkpoint?.note ?? '' };
}

async function fetchEvidenceForErasures(
  api: Api,
  sealed: Record<string, unknown> | null,
): Promise<Evidence[] | null> {
  const target = sealed?.target as { type?: unknown; id?: unknown } | undefined;
  if (target?.type !== 'workflow' || typeof target.id !== 'string') return null;
  const pages = fetchEvidence(api, target.id, MAX_EVIDENCE_PAGES);
  return dataOrNull(pages, (status) => isMissing(status) || isUnavailable(status));
}

/** Fetch the pages of the evidence bundle of a workflow. */
export async function fetchEvidence(
  api: Api,
  workflowId: string,
  maxPages = Infinity,
  onPage: (count: number) => void = () => undefined,
): Promise<Evidence[]> {
  const pages: Evidence[] = [];
  let cursor: string | undefined;
  do {
    const params = { path: { workflowId }, query: { cursor } };
    const page = await unwrapData(api.audit.GET('/workflows/{workflowId}/evidence', { params }));
    pages.push(page);
    onPage(pages.length);
    cursor = page.cursor ?? undefined;
  } while (cursor !== undefined && pages.length < maxPages);
  return pages;
}

/** Fetch a record with its proof, and check both in the browser. */
export const useRecordProof = (datasetId: string) => useQuery(recordQuery(useContext(), datasetId));

/** Fetch and check the records of a workflow's history, a few at a time. */
export function useWorkflowProof(workflowId: string, entries: HistoryEntry[]) {
  const context = useContext();
  const [completed, setCompleted] = useState(0);
  const eventIds = entries.map(({ eventId }) => eventId);
  const query = useQuery({
    queryKey: proofKeys.workflow(
      workflowId,
      entries.map((entry) => [entry.eventId, erasedParts(entry)]),
    ),
    queryFn: async ({ signal }): Promise<WorkflowResults> => {
      setCompleted(0);
      const results = await mapConcurrently(entries, CONCURRENT_CHECKS, async (entry) => {
        signal.throwIfAborted();
        const result = await context.queryClient.query(freshRecordQuery(context, entry));
        setCompleted((count) => count + 1);
        return [entry.eventId, result] as const;
      });
      return {
        records: new Map(results),
        others: await fetchOtherRecords(context, workflowId, eventIds),
        firstPreviousHash: await firstPreviousHash(workflowId),
      };
    },
    enabled: entries.length > 0,
    structuralSharing: false,
    staleTime: CHECK_LIFETIME_MS,
    // Two requests per event are too many for each time that the user comes back to the tab.
    refetchOnWindowFocus: false,
    retry: false,
    refetchInterval: ({ state: { data } }) =>
      [...(data?.records.values() ?? [])].some((each) => each.kind !== 'checked' || isPending(each))
        ? PENDING_REFETCH_MS
        : false,
  });
  return { ...query, completed };
}

/** Return the records of a workflow in the audit trail that are not in the history on the page. */
async function fetchOtherRecords(
  { api, queryClient }: Context,
  workflowId: string,
  eventIds: string[],
): Promise<OtherRecord[] | null> {
  let pages: Evidence[];
  try {
    pages = await fetchEvidence(api, workflowId, MAX_EVIDENCE_PAGES);
  } catch (error) {
    // Before the first event has arrived in the audit trail, it has nothing.
    if (isMissing(toProblem(error).status)) return [];
    if (isUnavailable(toProblem(error).status)) return null;
    throw error;
  }
  const known = new Set(eventIds);
  const others = pages.flatMap(({ records }) => records).filter(({ datasetId }) => !known.has(datasetId));
  if (others.length === 0) return [];
  // The page can be older than the evidence: the workflow service commits an event before it is recorded.
  const newest = await fetchHistoryIds(api, workflowId);
  if (others.some(({ datasetId }) => newest.has(datasetId))) {
    void queryClient.invalidateQueries({ queryKey: workflowKeys.one(workflowId) });
    void queryClient.invalidateQueries({ queryKey: workflowKeys.history(workflowId) });
  }
  return Promise.all(
    others.map(async ({ datasetId, sealed: text }): Promise<OtherRecord> => {
      const sealed = parseCanonical(text);
      const { sequence } = (sealed?.workflow ?? {}) as { sequence?: unknown };
      return {
        datasetId,
        sequence: typeof sequence === 'number' ? sequence : null,
        actionType: asText(sealed?.actionType),
        hash: await hashSealed(text),
        isInHistory: newest.has(datasetId),
      };
    }),
  );
}

async function fetchHistoryIds(api: Api, workflowId: string): Promise<Set<string>> {
  const ids = new Set<string>();
  let cursor: string | undefined;
  do {
    const params = { path: { workflowId }, query: { limit: 100, cursor } };
    const page = await unwrapData(api.workflow.GET('/workflows/{workflowId}/history', { params }));
    for (const { eventId } of page.items) ids.add(eventId);
    cursor = page.cursor ?? undefined;
  } while (cursor !== undefined);
  return ids;
}

/** Records that are not in the log yet, and those of which a part was erased since, are always fetched again. */
function freshRecordQuery(context: Context, entry: HistoryEntry) {
  const query = recordQuery(context, entry.eventId);
  const known = context.queryClient.getQueryData<RecordResult>(proofKeys.record(entry.eventId));
  const isFinal =
    known?.kind === 'checked' &&
    !isPending(known) &&
    erasedParts(entry).every((part) => known.checked[part] === null);
  return { ...query, staleTime: isFinal ? CHECK_LIFETIME_MS : 0 };
}

/** The parts that the workflow service no longer has. */
const erasedParts = ({ contentErased, actionOwner }: HistoryEntry): Part[] => [
  ...(actionOwner.erased ? (['person'] as const) : []),
  ...(contentErased ? (['content'] as const) : []),
];

/** Return a function that checks everything again. */
export function useCheckAgain(): () => Promise<void> {
  const queryClient = useQueryClient();
  return async () => {
    await queryClient.invalidateQueries({ queryKey: proofKeys.all, refetchType: 'none' });
    await queryClient.refetchQueries({ queryKey: proofKeys.publicKey, type: 'active' });
    await queryClient.refetchQueries({ queryKey: proofKeys.log(), type: 'all' });
    await queryClient.refetchQueries({
      queryKey: proofKeys.all,
      type: 'active',
      predicate: ({ queryKey }) => ['record', 'workflow'].includes(String(queryKey[1])),
    });
  };
}
