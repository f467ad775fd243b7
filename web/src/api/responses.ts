import type {
  ActionOwner,
  AuditRecord,
  CanonicalRecord,
  CommitmentOpening,
  RecordedContent,
  RecordedPerson,
  SealedRecord,
  WorkflowPosition,
} from './types';

// The services are moving to new response shapes. This file is the only one that reads both. When the generated clients
// have the new shapes, replace its calls by the bodies themselves and delete it.

interface RawActionOwner extends Partial<ActionOwner> {
  userId?: string;
}

function toActionOwner(raw: RawActionOwner): ActionOwner {
  return { type: raw.type ?? 'user', id: raw.id ?? raw.userId ?? '', name: raw.name ?? '' };
}

/** Convert a history entry or notification, so that its action owner is `{type, id, name}`. */
export function withActionOwner<Raw extends { actionOwner: RawActionOwner }>(raw: Raw) {
  const { actionOwner, ...rest } = raw;
  return { ...rest, actionOwner: toActionOwner(actionOwner) };
}

type RawSealed = Partial<Omit<SealedRecord, 'actionOwner' | 'target' | 'workflow'>> &
  Partial<WorkflowPosition> & {
    actionOwner?: RawActionOwner;
    target?: Partial<SealedRecord['target']>;
    workflow?: Partial<WorkflowPosition> | null;
    workflowId?: string;
  };

interface RawAuditRecord {
  datasetId: string;
  hash: string;
  sealed: RawSealed;
  person?: Partial<RecordedPerson> | null;
  content?: Partial<RecordedContent> | null;
  redacted?: string[];
}

const NO_POSITION: WorkflowPosition = {
  scheme: '',
  schemeVersion: 0,
  round: 0,
  sequence: 0,
  previousHash: '',
};
const EMPTY_SEALED = {
  actionType: '',
  outcome: '',
  occurredAt: '',
  requestId: '',
  personCommitment: '',
  contentCommitment: '',
};

function toSealedRecord(raw: RawSealed): SealedRecord {
  const { type, id } = toActionOwner(raw.actionOwner ?? {});
  const position = raw.workflow ?? (raw.workflowId === undefined ? null : raw);
  return {
    ...EMPTY_SEALED,
    ...raw,
    actionOwner: { type, id },
    target: { type: 'workflow', id: raw.workflowId ?? '', ...raw.target },
    workflow: position && { ...NO_POSITION, ...position },
  };
}

/** Convert an audit record. Events of other sources than workflows have no `workflow` block. */
export function toAuditRecord(raw: RawAuditRecord): AuditRecord {
  return {
    datasetId: raw.datasetId,
    hash: raw.hash,
    sealed: toSealedRecord(raw.sealed),
    person: raw.person ? { ...raw.person, name: raw.person.name ?? '' } : null,
    content: raw.content ? { ...raw.content, title: raw.content.title ?? '' } : null,
    redacted: raw.redacted ?? [],
  };
}

interface RawCanonicalRecord {
  hash: string;
  canonical: {
    sealed: string;
    person?: Partial<CommitmentOpening> | null;
    content?: Partial<CommitmentOpening> | null;
  };
}

const toOpening = (raw: Partial<CommitmentOpening> | null | undefined): CommitmentOpening | null =>
  raw?.salt !== undefined && raw.value !== undefined ? { salt: raw.salt, value: raw.value } : null;

/** Convert the texts that a record's hash and commitments were computed over. */
export function toCanonicalRecord({ hash, canonical }: RawCanonicalRecord): CanonicalRecord {
  return {
    hash,
    canonical: {
      sealed: canonical.sealed,
      person: toOpening(canonical.person),
      content: toOpening(canonical.content),
    },
  };
}
