import { asText, parseCanonical } from './checkRecord';
import { checkInclusion } from './checkInclusion';
import { verdictOf, type Check } from './checks';
import { commitTo, hashSealed, type Part } from './commitment';
import { proofText } from './text';
import type { TrustedLog } from './trustedLog';
import type { Evidence, EvidenceRecord } from '../api/types';

/** Erasure events as they are stored, with what proves that they are in the log. */
export type ErasureEvidence = Pick<Evidence, 'erasures' | 'proofs' | 'checkpoint'>;

/**
 * Check whether an erasure event explains why a part of a record is missing.
 *
 * @param evidence Where to look for the event; null if the service didn't return it.
 */
export async function checkErasure(
  missing: { datasetId: string; part: Part },
  evidence: ErasureEvidence[] | null,
  log: TrustedLog,
  now: Date,
): Promise<Check> {
  const { part } = missing;
  const t = proofText();
  const name = t(`names.${part}`);
  if (!evidence) return { name, state: 'not-checked', detail: t(`${part}.notFetched`) };
  for (const page of evidence) {
    for (const record of page.erasures) {
      if (!(await isErasureOf(missing, record))) continue;
      if (await isLogged(record, page, log, now)) {
        const detail = t(`${part}.erased`, { event: record.datasetId });
        const inputs = { [t('labels.sealedTextOfErasure')]: record.sealed };
        return { name, state: 'erased', detail, inputs };
      }
    }
  }
  return { name, state: 'failed', detail: t(`${part}.removed`) };
}

/** Whether a record is an erasure of this part, by its own texts. */
async function isErasureOf(
  { datasetId, part }: { datasetId: string; part: Part },
  record: EvidenceRecord,
): Promise<boolean> {
  const sealed = parseCanonical(record.sealed);
  const content = record.content && parseCanonical(record.content.value);
  if (!sealed || !record.content || !content) return false;
  const commitment = await commitTo('content', record.content.salt, record.content.value).catch(() => '');
  return (
    sealed.eventId === record.datasetId &&
    sealed.source === '/countersign/audit' &&
    sealed.actionType === 'ERASE' &&
    sealed.contentCommitment === commitment &&
    names(content, datasetId, part)
  );
}

/** Whether a record of an evidence page is in the log, or still too new for it. */
async function isLogged(
  record: EvidenceRecord,
  page: ErasureEvidence,
  log: TrustedLog,
  now: Date,
): Promise<boolean> {
  const proof = page.proofs.find(({ entryId }) => entryId === record.datasetId);
  const event = {
    eventId: record.datasetId,
    hash: await hashSealed(record.sealed),
    occurredAt: asText(parseCanonical(record.sealed)?.occurredAt),
  };
  const inclusion = proof && page.checkpoint !== null ? { ...proof, note: page.checkpoint } : null;
  return verdictOf(await checkInclusion(event, inclusion, log, now)) !== 'failed';
}

function names(content: Record<string, unknown>, datasetId: string, part: Part): boolean {
  const after = content.after as { erased?: unknown } | null;
  const erased = Array.isArray(after?.erased)
    ? (after.erased as ({ datasetId?: unknown; parts?: unknown } | null)[])
    : [];
  return erased.some(
    (each) => each?.datasetId === datasetId && Array.isArray(each.parts) && each.parts.includes(part),
  );
}
