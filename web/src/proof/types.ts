// The routes of the proof, until services/audit/openapi.json has them.

interface Get<Body, Parameters = { query?: never }> {
  get: {
    parameters: { header?: never; cookie?: never } & Parameters;
    responses: { 200: { headers: Record<string, string>; content: { 'application/json': Body } } };
  };
}

/** The newest tree that the log has signed. */
export interface Checkpoint {
  origin: string;
  size: number;
  rootHash: string;
  signedAt: string;
  /** The signed note, with the cosignatures. */
  note: string;
  /** Names of the witnesses that have cosigned. */
  cosigners: string[];
}

export type PastCheckpoint = Pick<Checkpoint, 'size' | 'rootHash' | 'signedAt' | 'note'>;

export interface PublicKey {
  origin: string;
  vkey: string;
  pem: string;
  fingerprint: string;
  /** The verifier keys of the configured witnesses. */
  witnesses: string[];
}

export interface ConsistencyProof {
  from: number;
  to: number;
  proof: string[];
}

/** Where a record is in the log. All but `datasetId` and `state` are null while it is pending. */
export interface RecordProof {
  datasetId: string;
  state: 'sealed' | 'pending';
  entry: string | null;
  leafIndex: number | null;
  leafHash: string | null;
  treeSize: number | null;
  proof: string[] | null;
  checkpoint: Checkpoint | null;
}

export type CheckState = 'valid' | 'invalid' | 'not-checked';

export interface Finding {
  sequence: number;
  datasetId: string | null;
  code: string;
  detail: string;
}

/** The verification of one page of a workflow's events. Counts are those of the page. */
export interface Verification {
  workflowId: string;
  verdict: 'valid' | 'invalid';
  events: number;
  sealed: number;
  pending: number;
  headHash: string | null;
  /** Sequences of the first and the last readable record of the page. */
  from: number | null;
  to: number | null;
  cursor: string | null;
  checked: Record<'chain' | 'commitments' | 'inclusion' | 'checkpoint' | 'attestedState', CheckState>;
  attested: { version: number; headHash: string; status: string; manifest: string; at: string } | null;
  checkpoint: Checkpoint | null;
  findings: Finding[];
}

/** A record as it is stored, in an evidence bundle. */
export interface EvidenceRecord {
  datasetId: string;
  hash: string;
  sealed: string;
  person: { salt: string; value: string } | null;
  content: { salt: string; value: string } | null;
  withheld?: string[];
}

/** One page of an evidence bundle. */
export interface Evidence {
  format: string;
  workflowId: string;
  createdAt: string;
  publicKey: string;
  checkpoint: string | null;
  cursor: string | null;
  records: EvidenceRecord[];
  proofs: { entryId: string; index: number; hashes: string[] }[];
  manifests: { name: string; text: string }[];
  erasures: EvidenceRecord[];
}

export interface IntegrityFinding {
  code: string;
  datasetId: string | null;
  workflowId: string | null;
  detail: string;
  firstSeen: string;
  lastSeen: string;
  state: 'open' | 'resolved';
}

export interface Integrity {
  checkpoint: Checkpoint | null;
  lagSeconds: number | null;
  pendingEntries: number;
  oldestPendingAt: string | null;
  manifests: { newest: string | null; checkedThrough: string | null };
  findings: { open: number; items: IntegrityFinding[]; cursor: string | null };
  witnesses: { name: string; size: number; at: string }[];
}

interface PageQuery {
  query?: { cursor?: string; limit?: number };
}

interface OfDataset {
  path: { datasetId: string };
}

interface OfWorkflow {
  path: { workflowId: string };
}

export interface ProofPaths {
  '/audit-trail/public-key': Get<PublicKey>;
  '/audit-trail/checkpoint': Get<Checkpoint>;
  '/audit-trail/checkpoints': Get<{ items: PastCheckpoint[]; cursor: string | null }, PageQuery>;
  '/audit-trail/consistency': Get<ConsistencyProof, { query: { from: number; to: number } }>;
  '/audit-trail/integrity': Get<Integrity, PageQuery>;
  '/audit-trail/{datasetId}/proof': Get<RecordProof, OfDataset>;
  '/workflows/{workflowId}/verification': Get<Verification, OfWorkflow & PageQuery>;
  '/workflows/{workflowId}/evidence': Get<Evidence, OfWorkflow & PageQuery>;
}
