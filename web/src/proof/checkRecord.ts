import type { AuditRecord, VerifiableRecord } from '../api/types';
import { canonicalize } from './canonical';
import type { Check } from './checks';
import { commitTo, hashSealed, type Part } from './commitment';
import { proofText } from './text';

type JsonObject = Record<string, unknown>;

/** A record as a page shows it. */
export type ShownRecord = Pick<AuditRecord, 'datasetId' | 'sealed'> & {
  person: JsonObject | null;
  content: JsonObject | null;
  redacted: string[];
};

/** A record as a list shows it: without contact details and data. A list can have more members, which aren't shown. */
export type ListedRecord = Pick<AuditRecord, 'datasetId' | 'hash' | 'sealed' | 'redacted'> & {
  person: { name?: string } | null;
  content: { title?: string; comment?: string | null } | null;
};

/** What the checks of a record read. */
export type RecordToCheck = Pick<VerifiableRecord, 'datasetId' | 'hash' | 'canonical' | 'redacted'>;

/** A record after its checks. */
export interface CheckedRecord {
  checks: Check[];
  /** The hash that the browser computed. */
  hash: string;
  /** The decoded sealed part; null if it isn't a canonical JSON object. */
  sealed: JsonObject | null;
  person: JsonObject | null;
  content: JsonObject | null;
  /** Parts that are neither there nor withheld. Only an erasure explains that. */
  missingParts: Part[];
}

/** Return the object that a canonical text has, or null for any other text. */
export function parseCanonical(text: string): JsonObject | null {
  try {
    const value = JSON.parse(text) as unknown;
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject && canonicalize(value) === text ? (value as JsonObject) : null;
  } catch {
    return null;
  }
}

const PARTS = ['person', 'content'] as const;

/**
 * Recompute the hash and the commitments of an audit record, without trusting the service.
 *
 * @param datasetId The record that was requested.
 */
export async function checkRecord(datasetId: string, record: RecordToCheck): Promise<CheckedRecord> {
  const { canonical } = record;
  const hash = await hashSealed(canonical.sealed);
  const sealed = parseCanonical(canonical.sealed);
  const parts = {
    person: await checkPart('person', record, sealed),
    content: await checkPart('content', record, sealed),
  };
  return {
    checks: [
      hashCheck(record, sealed, hash),
      idCheck(datasetId, record, sealed),
      ...Object.values(parts).flatMap(({ check }) => check ?? []),
    ],
    hash,
    sealed,
    person: parts.person.value,
    content: parts.content.value,
    missingParts: PARTS.filter((part) => parts[part].check === null),
  };
}

function hashCheck(record: RecordToCheck, sealed: JsonObject | null, computed: string): Check {
  const isValid = sealed !== null && computed === record.hash;
  const t = proofText();
  return {
    name: t('names.hash'),
    state: isValid ? 'passed' : 'failed',
    detail: t(isValid ? 'hash.passed' : sealed === null ? 'hash.notCanonical' : 'hash.failed'),
    inputs: {
      [t('labels.sealedText')]: record.canonical.sealed,
      [t('labels.computed')]: computed,
      [t('labels.inRecord')]: record.hash,
    },
  };
}

function idCheck(datasetId: string, record: RecordToCheck, sealed: JsonObject | null): Check {
  const isValid = record.datasetId === datasetId && sealed?.eventId === datasetId;
  const t = proofText();
  return {
    name: t('names.eventId'),
    state: isValid ? 'passed' : 'failed',
    detail: t(isValid ? 'eventId.passed' : 'eventId.failed'),
    inputs: { [t('labels.requested')]: datasetId, [t('labels.inSealedText')]: asText(sealed?.eventId) },
  };
}

interface PartResult {
  /** null if the part is missing without a reason. */
  check: Check | null;
  value: JsonObject | null;
}

async function checkPart(part: Part, record: RecordToCheck, sealed: JsonObject | null): Promise<PartResult> {
  const t = proofText();
  const name = t(`names.${part}`);
  const opening = record.canonical[part];
  const isWithheld = (record.redacted as string[]).includes(part);
  if (!opening) {
    if (!isWithheld) return { check: null, value: null };
    return { check: { name, state: 'withheld', detail: t(`${part}.withheld`) }, value: null };
  }
  const expected = asText(sealed?.[`${part}Commitment`]);
  const computed = await commitTo(part, opening.salt, opening.value).catch(() => t('labels.invalidSalt'));
  const value = parseCanonical(opening.value);
  const isValid = computed === expected && value !== null;
  return {
    check: {
      name,
      state: isValid ? 'passed' : 'failed',
      detail: t(isValid ? `${part}.passed` : `${part}.failed`),
      inputs: {
        [t('labels.value')]: opening.value,
        [t('labels.salt')]: opening.salt,
        [t('labels.computed')]: computed,
        [t('labels.inSealedText')]: expected,
      },
    },
    value: isValid ? value : null,
  };
}

/**
 * Check that records as a page shows them say what the checked texts say.
 *
 * @param listed The record in a list on the page, if there is one.
 */
export function checkShownRecords(
  checked: CheckedRecord,
  shown: ShownRecord[],
  listed: ListedRecord | null = null,
): Check {
  const differences = [
    ...new Set([
      ...shown.flatMap((record) => differencesFrom(checked, record)),
      ...(listed ? differencesFrom(checked, expandListed(checked, listed)) : []),
    ]),
  ];
  const t = proofText();
  const fields = differences.map((field) => t(`fields.${field}`)).join(', ');
  return {
    name: t('names.page'),
    state: differences.length === 0 ? 'passed' : 'failed',
    detail: differences.length === 0 ? t('page.passed') : t('page.failed', { fields }),
  };
}

type ShownField = 'datasetId' | 'record' | Part;

function differencesFrom(checked: CheckedRecord, shown: ShownRecord): ShownField[] {
  const differs = (value: unknown, text: JsonObject | null) => text !== null && !isSame(value, text);
  return [
    ...(shown.datasetId === checked.sealed?.eventId ? [] : (['datasetId'] as const)),
    ...(differs(shown.sealed, checked.sealed) ? (['record'] as const) : []),
    // The name of a person whose contact details are withheld is not checked.
    ...(!shown.redacted.includes('person') && differs(shown.person, checked.person)
      ? (['person'] as const)
      : []),
    ...(differs(shown.content, checked.content) ? (['content'] as const) : []),
    // A part that was erased can't be shown.
    ...checked.missingParts.filter((part) => shown[part] !== null),
  ];
}

/** Return a listed record with what a list doesn't show taken from the checked texts. */
function expandListed(checked: CheckedRecord, listed: ListedRecord): ShownRecord {
  const { datasetId, sealed, redacted, person, content } = listed;
  return {
    datasetId,
    sealed,
    redacted,
    person: person && { ...checked.person, name: person.name },
    content: content && { ...checked.content, title: content.title, comment: content.comment },
  };
}

/** Whether two JSON values are the same, whatever the order of their members. */
export function isSame(one: unknown, other: unknown): boolean {
  try {
    return canonicalize(one) === canonicalize(other);
  } catch {
    return false;
  }
}

/** Return a member that must be a text, or a dash. */
export const asText = (value: unknown): string => (typeof value === 'string' ? value : '–');
