import type { AuditRecord, VerifiableRecord } from '../api/types';
import { canonicalize } from './canonical';
import type { Check } from './checks';
import { commitTo, hashSealed, type Part } from './commitment';

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
export const PART_NAMES = { person: 'Person', content: 'Content' } as const;

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
  return {
    name: 'Hash',
    state: isValid ? 'passed' : 'failed',
    detail: isValid
      ? 'The SHA-256 of the sealed text is the hash of the record.'
      : sealed === null
        ? 'The sealed text is not canonical JSON.'
        : 'The SHA-256 of the sealed text is not the hash of the record.',
    inputs: { 'Sealed text': record.canonical.sealed, Computed: computed, 'In the record': record.hash },
  };
}

function idCheck(datasetId: string, record: RecordToCheck, sealed: JsonObject | null): Check {
  const isValid = record.datasetId === datasetId && sealed?.eventId === datasetId;
  return {
    name: 'Event ID',
    state: isValid ? 'passed' : 'failed',
    detail: isValid
      ? 'The sealed text is that of the requested record.'
      : 'The sealed text is that of another record.',
    inputs: { Requested: datasetId, 'In the sealed text': asText(sealed?.eventId) },
  };
}

interface PartResult {
  /** null if the part is missing without a reason. */
  check: Check | null;
  value: JsonObject | null;
}

async function checkPart(part: Part, record: RecordToCheck, sealed: JsonObject | null): Promise<PartResult> {
  const name = PART_NAMES[part];
  const opening = record.canonical[part];
  const isWithheld = (record.redacted as string[]).includes(part);
  if (!opening) {
    if (!isWithheld) return { check: null, value: null };
    return { check: { name, state: 'withheld', detail: WITHHELD[part] }, value: null };
  }
  const expected = asText(sealed?.[`${part}Commitment`]);
  const computed = await commitTo(part, opening.salt, opening.value).catch(() => 'The salt is invalid');
  const value = parseCanonical(opening.value);
  const isValid = computed === expected && value !== null;
  return {
    check: {
      name,
      state: isValid ? 'passed' : 'failed',
      detail: isValid
        ? `The ${part} is what the sealed text commits to.`
        : `The ${part} is not what the sealed text commits to.`,
      inputs: {
        Value: opening.value,
        Salt: opening.salt,
        Computed: computed,
        'In the sealed text': expected,
      },
    },
    value: isValid ? value : null,
  };
}

const WITHHELD = {
  person: "Only auditors and administrators can see the contact details, so your browser can't check them.",
  content: "You can't see the content, so your browser can't check it.",
};

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
  return {
    name: 'This page',
    state: differences.length === 0 ? 'passed' : 'failed',
    detail:
      differences.length === 0
        ? 'The page shows what the checked texts say.'
        : `The page shows something else than the checked texts: ${differences.join(', ')}.`,
  };
}

function differencesFrom(checked: CheckedRecord, shown: ShownRecord): string[] {
  const differs = (value: unknown, text: JsonObject | null) => text !== null && !isSame(value, text);
  return [
    ...(shown.datasetId === checked.sealed?.eventId ? [] : ['dataset ID']),
    ...(differs(shown.sealed, checked.sealed) ? ['record'] : []),
    // The name of a person whose contact details are withheld is not checked.
    ...(!shown.redacted.includes('person') && differs(shown.person, checked.person) ? ['person'] : []),
    ...(differs(shown.content, checked.content) ? ['content'] : []),
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
