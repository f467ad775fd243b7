// Generated from services/audit/openapi.json by `npm run generate`. Do not edit.

export interface paths {
    "/audit-trail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Search the audit trail, newest first.
         * @description You find the records that name you or one of your groups as a participant; admins and auditors find all records. A
         *     new record can be found about a second after it was stored.
         */
        get: operations["searchRecords"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit-trail/{datasetId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a record with the texts that were hashed. */
        get: operations["getRecord"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit-trail/{datasetId}/proof": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Prove that a record is in the log.
         * @description Compare the hash in `entry` with that of the record's sealed text, and verify the proof and the checkpoint.
         */
        get: operations["proveRecord"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit-trail/public-key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the public keys that verify checkpoints.
         * @description Compare the fingerprint with one that you got in another way: a deployment that forges its log also forges this.
         */
        get: operations["getPublicKeys"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit-trail/checkpoint": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the newest checkpoint, with the cosignatures of witnesses. */
        get: operations["getCheckpoint"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit-trail/checkpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List checkpoints, newest first. */
        get: operations["listCheckpoints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit-trail/consistency": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Prove that the log's tree of one size extends its tree of an earlier size.
         * @description Keep a checkpoint, and verify later that the newest one is consistent with it: then nothing that the log had was
         *     removed or changed.
         */
        get: operations["proveConsistency"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit-trail/checkpoint/cosignatures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add a witness's cosignature to a checkpoint.
         * @description Only configured witnesses can sign, and only what is the log's tree of the size. Whoever relies on a witness
         *     verifies its signature again, with a key that they got from the witness.
         */
        post: operations["addCosignature"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit-trail/integrity": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the integrity of the audit trail, for auditors and admins.
         * @description A scheduled function compares the manifests of the workflow service with records, log, index and workflow states,
         *     and repairs what is missing. What it can't explain is a finding.
         */
        get: operations["getIntegrity"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workflows/{workflowId}/verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Verify a workflow's records against their chain, the log and the workflow service's manifests.
         * @description A page has at most 1,000 records. Verify all pages: each is checked for itself and against the page before it, and
         *     the last one also for records that are missing at the end. A cursor is not secret and not signed; one that you make
         *     yourself only changes what is verified for you.
         *
         *     Immediately after the first action, a workflow can be unknown (404) until its event is recorded.
         */
        get: operations["verifyWorkflow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workflows/{workflowId}/evidence": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a workflow's evidence, which `countersign-verify` verifies without this deployment.
         * @description The records are as they are stored, byte for byte, those that can't be read included. Each page is complete in
         *     itself. Participants don't get who acted, the content of other users' drafts, and manifests, which name other
         *     workflows; admins and auditors get everything.
         */
        get: operations["getEvidence"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit-trail/erasures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List erasures, newest first.
         * @description Only for auditors and admins. Those by retention are among them.
         */
        get: operations["listErasures"];
        put?: never;
        /**
         * Erase a user.
         * @description Only for members of the group `admins`. The erasure runs in the background: get it until its state is `DONE`, which
         *     takes at least two minutes. It is recorded in the audit trail, with each record and part that it erases. What is
         *     erased can't be restored. With `dryRun`, the response is a 200 that counts what would be erased.
         */
        post: operations["requestErasure"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit-trail/erasures/{erasureId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an erasure, and how far it has come.
         * @description Only for auditors and admins.
         */
        get: operations["getErasure"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit-trail/holds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List legal holds.
         * @description Only for auditors and admins.
         */
        get: operations["listHolds"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit-trail/holds/{workflowId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the legal hold on a workflow.
         * @description Only for auditors and admins. Without a hold, the response is a 404.
         */
        get: operations["getHold"];
        /**
         * Place a legal hold on a workflow.
         * @description Only for members of the group `admins`. Neither an erasure nor retention erases anything of the workflow until the
         *     hold is released. An erasure that runs respects it from its next step on. The hold is recorded in the audit trail,
         *     once: the same request by the same admin again changes nothing, and neither does a retry of it.
         */
        put: operations["placeHold"];
        post?: never;
        /**
         * Release a legal hold on a workflow.
         * @description Only for members of the group `admins`. The end of the hold is recorded in the audit trail. Without a hold, nothing
         *     changes, so a retry is safe. What an erasure has skipped because of the hold stays: request the erasure again.
         */
        delete: operations["releaseHold"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit-trail/retention": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the retention periods.
         * @description Only for auditors and admins.
         */
        get: operations["getRetention"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit-trail/retention/{scheme}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Set the retention period of a scheme.
         * @description Only for members of the group `admins`. It also applies to workflows that exist: the next daily run erases what is
         *     older. The change is recorded in the audit trail. The scheme need not exist: a scheme can be gone, and its workflows
         *     are kept. The same period by the same admin again changes nothing and is recorded once, with the first reason.
         */
        put: operations["setRetention"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description RFC 9457 problem details. `type` is the path of the problem's documentation page. */
        Problem: {
            type: string;
            title: string;
            status: number;
            detail: string;
            /** @description Contains the request id; quote it when you report a problem. */
            instance: string;
            errors?: {
                /** @enum {string} */
                in: "body" | "query" | "path" | "header";
                /** @description RFC 6901 pointer within that part. */
                pointer: string;
                detail: string;
            }[];
        };
        AuditRecord: {
            /**
             * Format: uuid
             * @description Id of the record and of the event it is from.
             */
            datasetId: string;
            /** @description SHA-256 of the sealed part's canonical text. */
            hash: string;
            /** @description What is hashed. It can contain more fields than listed here. `workflow` is missing for events that are not about a workflow; `previousHash` is the hash of the workflow's previous event. */
            sealed: {
                schemaVersion: number;
                eventId: string;
                source: string;
                actionType: string;
                actionOwner: {
                    type: string;
                    id: string;
                };
                target: {
                    type: string;
                    id: string;
                };
                outcome: string;
                /** Format: date-time */
                occurredAt: string;
                requestId: string;
                participants: string[];
                personCommitment: string;
                contentCommitment: string;
                workflow?: {
                    scheme: string;
                    schemeVersion: number;
                    stepId: string | null;
                    round: number;
                    sequence: number;
                    previousHash: string;
                };
            } & {
                [key: string]: unknown;
            };
            /** @description Who acted. Only admins and auditors see more than the name. Null once erased. */
            person: ({
                name: string;
                email?: string;
                groups?: string[];
                sourceIp?: string;
                userAgent?: string;
            } & {
                [key: string]: unknown;
            }) | null;
            /** @description What was acted on. `before` is the data of the previous request. Null once erased. */
            content: ({
                title: string;
                comment: string | null;
                before: Record<string, unknown> | null;
                after: Record<string, unknown> | null;
            } & {
                [key: string]: unknown;
            }) | null;
            /** @description Parts that are not shown in full to the caller. */
            redacted: "person"[];
        };
        AuditTrailPage: {
            /** @description Send it as `cursor` to get the next page; null on the last page. */
            cursor: string | null;
            items: components["schemas"]["AuditRecord"][];
            /** @description Records that the search found and that are missing from the store or damaged there. */
            missing: string[];
        };
        ErasedPart: {
            /** @enum {string} */
            part: "person" | "content";
            /**
             * Format: uuid
             * @description Id of the record of the erasure, which names the part.
             */
            erasedBy: string;
        };
        CommitmentOpening: {
            /** @description 32 bytes in base64. */
            salt: string;
            /** @description Canonical JSON text (RFC 8785). */
            value: string;
        };
        CanonicalTexts: {
            /** @description Its SHA-256 is the record's hash. */
            sealed: string;
            /** @description Null if the part was erased or is listed in `redacted`. */
            person: components["schemas"]["CommitmentOpening"] | (never | null);
            /** @description Null once erased. */
            content: components["schemas"]["CommitmentOpening"] | (never | null);
        };
        VerifiableAuditRecord: {
            /**
             * Format: uuid
             * @description Id of the record and of the event it is from.
             */
            datasetId: string;
            /** @description SHA-256 of the sealed part's canonical text. */
            hash: string;
            /** @description What is hashed. It can contain more fields than listed here. `workflow` is missing for events that are not about a workflow; `previousHash` is the hash of the workflow's previous event. */
            sealed: {
                schemaVersion: number;
                eventId: string;
                source: string;
                actionType: string;
                actionOwner: {
                    type: string;
                    id: string;
                };
                target: {
                    type: string;
                    id: string;
                };
                outcome: string;
                /** Format: date-time */
                occurredAt: string;
                requestId: string;
                participants: string[];
                personCommitment: string;
                contentCommitment: string;
                workflow?: {
                    scheme: string;
                    schemeVersion: number;
                    stepId: string | null;
                    round: number;
                    sequence: number;
                    previousHash: string;
                };
            } & {
                [key: string]: unknown;
            };
            /** @description Who acted. Only admins and auditors see more than the name. Null once erased. */
            person: ({
                name: string;
                email?: string;
                groups?: string[];
                sourceIp?: string;
                userAgent?: string;
            } & {
                [key: string]: unknown;
            }) | null;
            /** @description What was acted on. `before` is the data of the previous request. Null once erased. */
            content: ({
                title: string;
                comment: string | null;
                before: Record<string, unknown> | null;
                after: Record<string, unknown> | null;
            } & {
                [key: string]: unknown;
            }) | null;
            /** @description Parts that are not shown in full to the caller. */
            redacted: "person"[];
            /** @description Parts that were erased. They stay null. */
            erased: components["schemas"]["ErasedPart"][];
            canonical: components["schemas"]["CanonicalTexts"];
        };
        NewestCheckpoint: {
            /** @description Number of leaves of the tree. */
            size: number;
            /** @description Root hash of the tree (RFC 6962). */
            rootHash: string;
            /**
             * Format: date-time
             * @description The signature doesn't cover it.
             */
            signedAt: string;
            /** @description The signed note, with the lines of witnesses after the log's own (C2SP tlog-cosignature). Verify each line with a key that you trust. */
            note: string;
            /** @description Name of the log. */
            origin: string;
            /** @description Names of the configured witnesses among the signatures, which are valid. */
            cosigners: string[];
        };
        RecordProof: {
            /** Format: uuid */
            datasetId: string;
            /**
             * @description A record is sealed about a minute after it was recorded.
             * @enum {string}
             */
            state: "sealed" | "pending";
            /** @description The entry as the log has it: its second line is the datasetId, its third line the hash of the sealed text as it was recorded. */
            entry: string | null;
            leafIndex: number | null;
            /** @description SHA-256 of a zero byte and the entry. */
            leafHash: string | null;
            treeSize: number | null;
            /** @description The audit path from the leaf to the root (RFC 6962, section 2.1.1). */
            proof: string[] | null;
            checkpoint: (never | null) | components["schemas"]["NewestCheckpoint"];
        };
        PublicKeys: {
            /** @description Name of the log, and of its key. */
            origin: string;
            /** @description The log's key as a verifier key (C2SP signed-note). */
            vkey: string;
            /** @description The same key in PEM: ECDSA P-256. */
            pem: string;
            /** @description `SHA256:` and the hash of the key in base64. Compare it with the one that Terraform prints, or that you kept. */
            fingerprint: string;
            /** @description Verifier keys of the configured witnesses. */
            witnesses: string[];
        };
        Checkpoint: {
            /** @description Number of leaves of the tree. */
            size: number;
            /** @description Root hash of the tree (RFC 6962). */
            rootHash: string;
            /**
             * Format: date-time
             * @description The signature doesn't cover it.
             */
            signedAt: string;
            /** @description The signed note (C2SP tlog-checkpoint and signed-note). */
            note: string;
        };
        CheckpointPage: {
            /** @description Send it as `cursor` to get the next page; null on the last page. */
            cursor: string | null;
            items: components["schemas"]["Checkpoint"][];
        };
        ConsistencyProof: {
            /** @description Size of the earlier tree. */
            from: number;
            /** @description Size of the later tree. */
            to: number;
            /** @description The hashes, in their order. */
            proof: string[];
        };
        CosignatureRequest: {
            /** @description Size of the checkpoint that the witness has seen. */
            size: number;
            /** @description The signature line, as C2SP tlog-cosignature defines it. */
            line: string;
        };
        Cosignature: {
            /** @description Of the checkpoint. */
            size: number;
            /** @description Name of the witness. */
            witness: string;
        };
        CheckedManifests: {
            /** @description Name of the newest manifest: the end of the interval that it covers. */
            newest: string | null;
            /** @description Name of the last one that was checked. */
            checkedThrough: string | null;
        };
        IntegrityFinding: {
            /** @description One of `missing`, `unreadable`, `rewritten`, `hash-mismatch`, `person-mismatch`, `content-mismatch`, `removed-without-erasure`, `not-sealed`, `unattested`, `state-mismatch`, `manifest-mismatch`, `position-mismatch`, `checkpoint-invalid`. More can be added. */
            code: string;
            /** @description What it is about: a record, a workflow, a manifest, `checkpoint`, `leaf/<n>`: a leaf of the log, or `leaves/<n>`: the 256 leaves from n * 256. */
            subject: string;
            /** Format: uuid */
            datasetId: string | null;
            /** Format: uuid */
            workflowId: string | null;
            /** @description Name of the manifest that it was found with. */
            manifest: string | null;
            /** @description A sentence. */
            detail: string;
            /** @enum {string} */
            state: "open" | "resolved";
            /** Format: date-time */
            firstSeen: string;
            /**
             * Format: date-time
             * @description To about an hour.
             */
            lastSeen: string;
            /**
             * Format: date-time
             * @description When it was no longer true; null if it is open.
             */
            resolvedAt: string | null;
        };
        IntegrityFindings: {
            /** @description Send it as `cursor` to get the next page; null on the last page. */
            cursor: string | null;
            /** @description Number of open findings, counted up to 10,000. */
            open: number;
            items: components["schemas"]["IntegrityFinding"][];
        };
        Witness: {
            name: string;
            /** @description Of the newest checkpoint that it has cosigned. */
            size: number;
            /**
             * Format: date-time
             * @description The time in the cosignature, which is valid.
             */
            at: string;
        };
        Integrity: {
            /** @description Null before the first one, or if it can't be read. */
            checkpoint: components["schemas"]["NewestCheckpoint"] | (never | null);
            /** @description How long the oldest entry has waited for the log. About a minute is normal. */
            lagSeconds: number;
            /** @description Entries that wait for the log, counted up to a limit. */
            pendingEntries: number;
            /** Format: date-time */
            oldestPendingAt: string | null;
            manifests: components["schemas"]["CheckedManifests"];
            /**
             * Format: date-time
             * @description When the last comparison has ended.
             */
            reconciledAt: string | null;
            findings: components["schemas"]["IntegrityFindings"];
            witnesses: components["schemas"]["Witness"][];
        };
        Checks: {
            /**
             * @description Each record has its hash and follows the one before it, without a gap.
             * @enum {string}
             */
            chain: "valid" | "invalid" | "not-checked";
            /**
             * @description Persons and contents are those that were committed to, or erased by an erasure in the log.
             * @enum {string}
             */
            commitments: "valid" | "invalid" | "not-checked";
            /**
             * @description Each record is in the log, with the hash that it has.
             * @enum {string}
             */
            inclusion: "valid" | "invalid" | "not-checked";
            /**
             * @description The log's key has signed the newest checkpoint, and the stored tree has its root.
             * @enum {string}
             */
            checkpoint: "valid" | "invalid" | "not-checked";
            /**
             * @description The workflow service's manifests name each record, and the state that follows from the records.
             * @enum {string}
             */
            attestedState: "valid" | "invalid" | "not-checked";
        };
        AttestedState: {
            /** @description Number of the workflow's events. */
            version: number;
            /** @description Hash of the newest one. */
            headHash: string;
            status: string;
            /** @description Name of the manifest. */
            manifest: string;
            /**
             * Format: date-time
             * @description When the manifest was published.
             */
            at: string;
        };
        Finding: {
            /** @description Position in the chain, from 1; 0 if it is not about one position. */
            sequence: number;
            /** @description Null if no record is known. */
            datasetId: string | null;
            /**
             * @description [What each code means](/docs/proof/findings.md).
             * @enum {string}
             */
            code: "unreadable" | "hash-mismatch" | "event-id-mismatch" | "wrong-workflow" | "missing" | "fork" | "previous-hash-mismatch" | "person-mismatch" | "content-mismatch" | "removed-without-erasure" | "rewritten" | "not-sealed" | "checkpoint-invalid" | "missing-tail" | "state-mismatch" | "unattested" | "manifest-mismatch";
            /** @description A sentence. */
            detail: string;
        };
        Verification: {
            /** Format: uuid */
            workflowId: string;
            /**
             * @description Of this page. `invalid` if it has findings.
             * @enum {string}
             */
            verdict: "valid" | "invalid";
            /** @description Number of records on this page. */
            events: number;
            /** @description How many of them are proven to be in the log. */
            sealed: number;
            /** @description How many events wait to be sealed, or are on their way into the audit trail. That is normal for a minute, and a finding after five. */
            pending: number;
            /** @description Hash of the newest record on this page. */
            headHash: string | null;
            /** @description First sequence on this page. */
            from: number | null;
            /** @description Last sequence on this page. */
            to: number | null;
            /** @description Send it as `cursor` to verify the next page; null on the last page. */
            cursor: string | null;
            checked: components["schemas"]["Checks"];
            attested: (never | null) | components["schemas"]["AttestedState"];
            /** @description What the records were checked against; null before the first checkpoint. */
            checkpoint: components["schemas"]["NewestCheckpoint"] | (never | null);
            findings: components["schemas"]["Finding"][];
        };
        EvidenceRecord: {
            /** Format: uuid */
            datasetId: string;
            /** @description The stored hash. */
            hash: string;
            /** @description The stored text. */
            sealed: string;
            /** @description Null if erased or withheld. */
            person: components["schemas"]["CommitmentOpening"] | (never | null);
            /** @description Null if erased or withheld. */
            content: components["schemas"]["CommitmentOpening"] | (never | null);
            /** @description Parts that are stored and that you may not see. */
            withheld?: ("person" | "content" | "raw")[];
            /** @description Stored bytes that are not texts, in base64, by attribute, whose text is empty then. */
            raw?: {
                [key: string]: string;
            };
        };
        InclusionProof: {
            /** @description A datasetId, or the name of a manifest. */
            entryId: string;
            /** @description Of the leaf, from 0. */
            index: number;
            /** @description The audit path, from the leaf up. */
            hashes: string[];
        };
        EvidenceManifest: {
            /** @description The end of the interval that it covers. */
            name: string;
            /** @description The file, byte for byte. */
            text: string;
        };
        Evidence: {
            /** @enum {string} */
            format: "countersign.evidence.v1";
            /** Format: uuid */
            workflowId: string;
            /** Format: date-time */
            createdAt: string;
            /** @description The log's key as a verifier key. Compare it with the one that you trust. */
            publicKey: string;
            /** @description The newest checkpoint, a signed note; null before the first one. */
            checkpoint: string | null;
            /** @description Send it as `cursor` to get the next page; null on the last page. */
            cursor: string | null;
            /** @description By sequence, at most 5 MB. */
            records: components["schemas"]["EvidenceRecord"][];
            /** @description Of every sealed record, erasure and manifest on this page. */
            proofs: components["schemas"]["InclusionProof"][];
            /** @description Those that cover the records, and on the last page the newest that attests the workflow. */
            manifests: components["schemas"]["EvidenceManifest"][];
            /** @description Names of manifests that are too large: get them from the manifest bucket. */
            omittedManifests: string[];
            /** @description `manifests` for participants: manifests name other workflows. */
            withheld: "manifests"[];
            /** @description Records of the erasures that name parts of these records. */
            erasures: components["schemas"]["EvidenceRecord"][];
        };
        ErasureRequest: {
            /** @description Id of the user, as it is in `actionOwner` of their records. */
            userId: string;
            /** @description `person`: name, email address, groups, IP address and user agent in the user's own records. `content`: title, comment and data in all records of workflows that the user requested, and in their own records of other workflows. */
            parts: ("person" | "content")[];
            /** @description Why. It is recorded in the audit trail, and is never erased: don't write personal data into it. */
            reason: string;
            /**
             * @description Count what would be erased, and erase nothing.
             * @default false
             */
            dryRun?: boolean;
        };
        PartCounts: {
            person: number;
            content: number;
        };
        HeldRecords: {
            /** @description Records with parts that would be erased without the hold. */
            count: number;
            /** @description Their workflows, at most 100. */
            workflowIds: string[];
        };
        Erasure: {
            /** Format: uuid */
            erasureId: string;
            /**
             * @description `user`: requested by an admin. `retention`: of what was kept long enough.
             * @enum {string}
             */
            kind: "user" | "retention";
            /** @description Who is erased; null for retention. */
            userId: string | null;
            parts: ("person" | "content")[];
            reason: string;
            /** @description Id of the admin; `retention` for retention. */
            requestedBy: string;
            /**
             * @description `RECHECKING` waits for what was on its way, and then searches all records again. Only after `DONE` is nothing left.
             * @enum {string}
             */
            state: "REQUESTED" | "RUNNING" | "RECHECKING" | "DONE" | "FAILED";
            /** @description Why it has `FAILED`; null if it has not. */
            error: string | null;
            /** @description Erased so far. */
            erased: components["schemas"]["PartCounts"];
            held: components["schemas"]["HeldRecords"];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        DryRun: {
            /** @description Null: nothing is erased. */
            erasureId: string | null;
            /** @enum {string} */
            state: "DRY_RUN";
            /** @description Records that would lose a part. */
            records: number;
            /** @description Parts `person` that would be erased. */
            person: number;
            /** @description Parts `content` that would be erased. */
            content: number;
            held: components["schemas"]["HeldRecords"];
            /** @description Workflows of these records. */
            workflows: number;
            /** @description The records, at most 100 of them. */
            datasetIds: string[];
            /** @description False if counting took too long: then there are more than these numbers. */
            complete: boolean;
        };
        ErasurePage: {
            /** @description Send it as `cursor` to get the next page; null on the last page. */
            cursor: string | null;
            items: components["schemas"]["Erasure"][];
        };
        LegalHold: {
            /** Format: uuid */
            workflowId: string;
            reason: string;
            /** @description Id of the admin who placed it. */
            by: string;
            /** Format: date-time */
            at: string;
        };
        LegalHoldPage: {
            /** @description Send it as `cursor` to get the next page; null on the last page. */
            cursor: string | null;
            items: components["schemas"]["LegalHold"][];
        };
        HoldRequest: {
            /** @description Why. It is recorded in the audit trail, and is never erased: don't write personal data into it. */
            reason: string;
        };
        SchemeRetention: {
            scheme: string;
            /** @description Counted from the newest record of a workflow. */
            days: number;
            /** @description Id of the admin who set it. */
            by: string;
            /** Format: date-time */
            at: string;
        };
        Retention: {
            /** @description For other schemes, and for records without a workflow. It is set at deployment. */
            defaultDays: number;
            /** @description By scheme. */
            schemes: components["schemas"]["SchemeRetention"][];
        };
        RetentionRequest: {
            /**
             * @description Number of days, counted from the newest record of a workflow.
             * @example 3650
             */
            days: number;
            /** @description Why. It is recorded in the audit trail, and is never erased: don't write personal data into it. */
            reason: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    searchRecords: {
        parameters: {
            query?: {
                /** @description Maximum number of items on the page. */
                limit?: number;
                /** @description The `cursor` of the previous page; leave it out for the first page. */
                cursor?: string | null;
                /** @description Id of the scheme. */
                scheme?: string;
                /** @description Id of the workflow. Participants of the workflow find all of its records, except other users' drafts. */
                workflowId?: string;
                /** @description Id of the step. */
                stepId?: string;
                /** @description Id of what was acted on; for workflow events the same as `workflowId`. */
                target?: string;
                /** @description Such as `SAVE`, `REQUEST`, `APPROVE` or `REJECT`. */
                actionType?: string;
                /** @description Id of the user who acted. */
                actionOwner?: string;
                /** @description Status that the action led to, such as `DRAFT`, `PENDING`, `APPROVED` or `REJECTED`. */
                outcome?: string;
                /** @description At or after this time (RFC 3339). */
                from?: string;
                /** @description At or before this time (RFC 3339). */
                to?: string;
                /** @description Words that all occur in title or comment. There is no query syntax. */
                text?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "datasetId": "0190b000-0000-7000-8000-000000000002",
                     *           "hash": "5d1be7e9dda1ee8896be5b7e34a85ee16452a7b357ee98e2c93d0cd9cff24d7e",
                     *           "sealed": {
                     *             "schemaVersion": 1,
                     *             "eventId": "0190b000-0000-7000-8000-000000000002",
                     *             "source": "/countersign/workflow",
                     *             "actionType": "APPROVE",
                     *             "actionOwner": {
                     *               "type": "user",
                     *               "id": "5f0c3f0e-0000-7000-8000-000000000001"
                     *             },
                     *             "target": {
                     *               "type": "workflow",
                     *               "id": "0190a000-0000-7000-8000-00000000000a"
                     *             },
                     *             "outcome": "APPROVED",
                     *             "occurredAt": "2026-01-31T09:00:00.000Z",
                     *             "requestId": "JKJaXmPLvHcESHA=",
                     *             "participants": [
                     *               "user:5f0c3f0e-0000-7000-8000-000000000002",
                     *               "group:approvers"
                     *             ],
                     *             "personCommitment": "8d23cf6c86e834a7aa6eded54c26ce2bb2e74903538c61bdd5d2197997ab2f72",
                     *             "contentCommitment": "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824",
                     *             "workflow": {
                     *               "scheme": "expense-report",
                     *               "schemeVersion": 1,
                     *               "stepId": "approval",
                     *               "round": 1,
                     *               "sequence": 3,
                     *               "previousHash": "486ea46224d1bb4fb680f34f7c9ad96a8f24ec88be73ea8e5a6c65260e9cb8a7"
                     *             }
                     *           },
                     *           "person": {
                     *             "name": "Bo Approver"
                     *           },
                     *           "content": {
                     *             "title": "Buy a laptop",
                     *             "comment": "Go ahead.",
                     *             "before": null,
                     *             "after": {
                     *               "amount": 1249.5
                     *             }
                     *           },
                     *           "redacted": [
                     *             "person"
                     *           ]
                     *         }
                     *       ],
                     *       "missing": [],
                     *       "cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["AuditTrailPage"];
                };
            };
            /** @description Problem types: `/docs/problems/bad-request.md`, `/docs/problems/invalid-cursor.md`. */
            400: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/bad-request.md",
                     *       "title": "Bad request",
                     *       "status": 400,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request has no valid token. This response comes from API Gateway. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Unauthorized"
                     *     }
                     */
                    "application/json": {
                        message: string;
                    };
                };
            };
            /** @description Problem types: `/docs/problems/id-token-required.md`. */
            403: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/id-token-required.md",
                     *       "title": "Id token required",
                     *       "status": 403,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/search-unavailable.md`, `/docs/problems/store-unavailable.md`. */
            503: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    /** @description Seconds after which you can send the request again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/search-unavailable.md",
                     *       "title": "Search unavailable",
                     *       "status": 503,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/internal-error.md`. */
            default: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/internal-error.md",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRecord: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the record. */
                datasetId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerifiableAuditRecord"];
                };
            };
            /** @description Problem types: `/docs/problems/bad-request.md`. */
            400: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/bad-request.md",
                     *       "title": "Bad request",
                     *       "status": 400,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request has no valid token. This response comes from API Gateway. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Unauthorized"
                     *     }
                     */
                    "application/json": {
                        message: string;
                    };
                };
            };
            /** @description Problem types: `/docs/problems/id-token-required.md`. */
            403: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/id-token-required.md",
                     *       "title": "Id token required",
                     *       "status": 403,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/not-found.md`. */
            404: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/not-found.md",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/unreadable-record.md`. */
            500: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/unreadable-record.md",
                     *       "title": "Unreadable record",
                     *       "status": 500,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/store-unavailable.md`. */
            503: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    /** @description Seconds after which you can send the request again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/store-unavailable.md",
                     *       "title": "Store unavailable",
                     *       "status": 503,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/internal-error.md`. */
            default: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/internal-error.md",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    proveRecord: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the record. */
                datasetId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "datasetId": "0190b000-0000-7000-8000-000000000002",
                     *       "state": "sealed",
                     *       "entry": "countersign/v1/event\n0190b000-0000-7000-8000-000000000002\n5d1be7e9dda1ee8896be5b7e34a85ee16452a7b357ee98e2c93d0cd9cff24d7e\n",
                     *       "leafIndex": 2,
                     *       "leafHash": "7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a7a",
                     *       "treeSize": 8,
                     *       "proof": [
                     *         "5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d",
                     *         "0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e",
                     *         "c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4"
                     *       ],
                     *       "checkpoint": {
                     *         "origin": "countersign-dev-proof-123456789012.s3.eu-west-1.amazonaws.com",
                     *         "size": 8,
                     *         "rootHash": "5dc9f718aa14ad2d2c57a3edfdfa530fc793497dc5ddb4f86637099389818b28",
                     *         "signedAt": "2026-01-31T09:01:02.345Z",
                     *         "note": "countersign-dev-proof-123456789012.s3.eu-west-1.amazonaws.com\n8\nXcn3GKoUrS0sV6Pt/fpTD8eTSX3F3bT4ZjcJk4mBiyg=\n\n— countersign-dev-proof-123456789012.s3.eu-west-1.amazonaws.com 1Y7M2jBFAiEA1pD0ExampleOfAnEcdsaSignatureInDerEncoding0123456789ABCDEFG=\n",
                     *         "cosigners": []
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["RecordProof"];
                };
            };
            /** @description Problem types: `/docs/problems/bad-request.md`. */
            400: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/bad-request.md",
                     *       "title": "Bad request",
                     *       "status": 400,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request has no valid token. This response comes from API Gateway. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Unauthorized"
                     *     }
                     */
                    "application/json": {
                        message: string;
                    };
                };
            };
            /** @description Problem types: `/docs/problems/id-token-required.md`. */
            403: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/id-token-required.md",
                     *       "title": "Id token required",
                     *       "status": 403,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/not-found.md`. */
            404: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/not-found.md",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/log-damaged.md`. */
            500: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/log-damaged.md",
                     *       "title": "Log damaged",
                     *       "status": 500,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/store-unavailable.md`. */
            503: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    /** @description Seconds after which you can send the request again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/store-unavailable.md",
                     *       "title": "Store unavailable",
                     *       "status": 503,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/internal-error.md`. */
            default: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/internal-error.md",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getPublicKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "origin": "countersign-dev-proof-123456789012.s3.eu-west-1.amazonaws.com",
                     *       "vkey": "countersign-dev-proof-123456789012.s3.eu-west-1.amazonaws.com+d58eccda+AjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABExampleOfAPublicKey",
                     *       "pem": "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEExampleOfAPublicKey\n-----END PUBLIC KEY-----\n",
                     *       "fingerprint": "SHA256:1Y7M2kVbT0d1cW5pZm9ybUV4YW1wbGVGaW5nZXJwcmk",
                     *       "witnesses": []
                     *     }
                     */
                    "application/json": components["schemas"]["PublicKeys"];
                };
            };
            /** @description Problem types: `/docs/problems/bad-request.md`. */
            400: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/bad-request.md",
                     *       "title": "Bad request",
                     *       "status": 400,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/store-unavailable.md`. */
            503: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    /** @description Seconds after which you can send the request again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/store-unavailable.md",
                     *       "title": "Store unavailable",
                     *       "status": 503,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/internal-error.md`. */
            default: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/internal-error.md",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCheckpoint: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "origin": "countersign-dev-proof-123456789012.s3.eu-west-1.amazonaws.com",
                     *       "size": 8,
                     *       "rootHash": "5dc9f718aa14ad2d2c57a3edfdfa530fc793497dc5ddb4f86637099389818b28",
                     *       "signedAt": "2026-01-31T09:01:02.345Z",
                     *       "note": "countersign-dev-proof-123456789012.s3.eu-west-1.amazonaws.com\n8\nXcn3GKoUrS0sV6Pt/fpTD8eTSX3F3bT4ZjcJk4mBiyg=\n\n— countersign-dev-proof-123456789012.s3.eu-west-1.amazonaws.com 1Y7M2jBFAiEA1pD0ExampleOfAnEcdsaSignatureInDerEncoding0123456789ABCDEFG=\n",
                     *       "cosigners": []
                     *     }
                     */
                    "application/json": components["schemas"]["NewestCheckpoint"];
                };
            };
            /** @description Problem types: `/docs/problems/bad-request.md`. */
            400: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/bad-request.md",
                     *       "title": "Bad request",
                     *       "status": 400,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/no-checkpoint.md`. */
            404: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/no-checkpoint.md",
                     *       "title": "No checkpoint",
                     *       "status": 404,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/log-damaged.md`. */
            500: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/log-damaged.md",
                     *       "title": "Log damaged",
                     *       "status": 500,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/store-unavailable.md`. */
            503: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    /** @description Seconds after which you can send the request again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/store-unavailable.md",
                     *       "title": "Store unavailable",
                     *       "status": 503,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/internal-error.md`. */
            default: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/internal-error.md",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listCheckpoints: {
        parameters: {
            query?: {
                /** @description Maximum number of items on the page. */
                limit?: number;
                /** @description The `cursor` of the previous page; leave it out for the first page. */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "size": 8,
                     *           "rootHash": "5dc9f718aa14ad2d2c57a3edfdfa530fc793497dc5ddb4f86637099389818b28",
                     *           "signedAt": "2026-01-31T09:01:02.345Z",
                     *           "note": "countersign-dev-proof-123456789012.s3.eu-west-1.amazonaws.com\n8\nXcn3GKoUrS0sV6Pt/fpTD8eTSX3F3bT4ZjcJk4mBiyg=\n\n— countersign-dev-proof-123456789012.s3.eu-west-1.amazonaws.com 1Y7M2jBFAiEA1pD0ExampleOfAnEcdsaSignatureInDerEncoding0123456789ABCDEFG=\n"
                     *         }
                     *       ],
                     *       "cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["CheckpointPage"];
                };
            };
            /** @description Problem types: `/docs/problems/bad-request.md`, `/docs/problems/invalid-cursor.md`. */
            400: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/bad-request.md",
                     *       "title": "Bad request",
                     *       "status": 400,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/log-damaged.md`. */
            500: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/log-damaged.md",
                     *       "title": "Log damaged",
                     *       "status": 500,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/store-unavailable.md`. */
            503: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    /** @description Seconds after which you can send the request again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/store-unavailable.md",
                     *       "title": "Store unavailable",
                     *       "status": 503,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/internal-error.md`. */
            default: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/internal-error.md",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    proveConsistency: {
        parameters: {
            query: {
                /** @description Size of the earlier tree. */
                from: number;
                /** @description Size of the later tree, at most that of the newest checkpoint. */
                to: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "from": 3,
                     *       "to": 8,
                     *       "proof": [
                     *         "5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d",
                     *         "0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e"
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ConsistencyProof"];
                };
            };
            /** @description Problem types: `/docs/problems/bad-request.md`. */
            400: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/bad-request.md",
                     *       "title": "Bad request",
                     *       "status": 400,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/no-checkpoint.md`, `/docs/problems/no-such-tree.md`. */
            404: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/no-checkpoint.md",
                     *       "title": "No checkpoint",
                     *       "status": 404,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/log-damaged.md`. */
            500: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/log-damaged.md",
                     *       "title": "Log damaged",
                     *       "status": 500,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/store-unavailable.md`. */
            503: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    /** @description Seconds after which you can send the request again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/store-unavailable.md",
                     *       "title": "Store unavailable",
                     *       "status": 503,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/internal-error.md`. */
            default: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/internal-error.md",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addCosignature: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 256 KB. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "size": 8,
                 *       "line": "— witness.example.com AAAAAQAAAABpfcUeAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=="
                 *     }
                 */
                "application/json": components["schemas"]["CosignatureRequest"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "size": 8,
                     *       "witness": "witness.example.com"
                     *     }
                     */
                    "application/json": components["schemas"]["Cosignature"];
                };
            };
            /** @description Problem types: `/docs/problems/bad-request.md`. */
            400: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/bad-request.md",
                     *       "title": "Bad request",
                     *       "status": 400,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request has no valid token. This response comes from API Gateway. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Unauthorized"
                     *     }
                     */
                    "application/json": {
                        message: string;
                    };
                };
            };
            /** @description Problem types: `/docs/problems/auditors-only.md`, `/docs/problems/id-token-required.md`. */
            403: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/auditors-only.md",
                     *       "title": "Auditors only",
                     *       "status": 403,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/no-checkpoint.md`, `/docs/problems/no-such-tree.md`. */
            404: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/no-checkpoint.md",
                     *       "title": "No checkpoint",
                     *       "status": 404,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/too-large.md`. */
            413: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/too-large.md",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/unsupported-media-type.md`. */
            415: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/unsupported-media-type.md",
                     *       "title": "Unsupported media type",
                     *       "status": 415,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/invalid-cosignature.md`, `/docs/problems/unknown-witness.md`. */
            422: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/invalid-cosignature.md",
                     *       "title": "Invalid cosignature",
                     *       "status": 422,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/log-damaged.md`. */
            500: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/log-damaged.md",
                     *       "title": "Log damaged",
                     *       "status": 500,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/store-unavailable.md`. */
            503: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    /** @description Seconds after which you can send the request again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/store-unavailable.md",
                     *       "title": "Store unavailable",
                     *       "status": 503,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/internal-error.md`. */
            default: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/internal-error.md",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getIntegrity: {
        parameters: {
            query?: {
                /** @description Maximum number of items on the page. */
                limit?: number;
                /** @description The `cursor` of the previous page; leave it out for the first page. */
                cursor?: string | null;
                /** @description Open findings, or resolved ones, newest first. */
                state?: "open" | "resolved";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "checkpoint": {
                     *         "origin": "countersign-dev-proof-123456789012.s3.eu-west-1.amazonaws.com",
                     *         "size": 8,
                     *         "rootHash": "5dc9f718aa14ad2d2c57a3edfdfa530fc793497dc5ddb4f86637099389818b28",
                     *         "signedAt": "2026-01-31T09:01:02.345Z",
                     *         "note": "countersign-dev-proof-123456789012.s3.eu-west-1.amazonaws.com\n8\nXcn3GKoUrS0sV6Pt/fpTD8eTSX3F3bT4ZjcJk4mBiyg=\n\n— countersign-dev-proof-123456789012.s3.eu-west-1.amazonaws.com 1Y7M2jBFAiEA1pD0ExampleOfAnEcdsaSignatureInDerEncoding0123456789ABCDEFG=\n",
                     *         "cosigners": []
                     *       },
                     *       "lagSeconds": 12.5,
                     *       "pendingEntries": 3,
                     *       "oldestPendingAt": "2026-01-31T09:00:47.500Z",
                     *       "manifests": {
                     *         "newest": "2026-01-31T09:00:00Z",
                     *         "checkedThrough": "2026-01-31T09:00:00Z"
                     *       },
                     *       "reconciledAt": "2026-01-31T09:00:51.204Z",
                     *       "findings": {
                     *         "open": 1,
                     *         "items": [
                     *           {
                     *             "code": "state-mismatch",
                     *             "subject": "0190a000-0000-7000-8000-00000000000a",
                     *             "datasetId": "0190b000-0000-7000-8000-000000000002",
                     *             "workflowId": "0190a000-0000-7000-8000-00000000000a",
                     *             "manifest": "2026-01-31T08:57:00Z",
                     *             "detail": "Manifest 2026-01-31T08:57:00Z attests version 3: another status than the event with this version has.",
                     *             "state": "open",
                     *             "firstSeen": "2026-01-31T08:58:02.113Z",
                     *             "lastSeen": "2026-01-31T08:58:02.113Z",
                     *             "resolvedAt": null
                     *           }
                     *         ],
                     *         "cursor": null
                     *       },
                     *       "witnesses": [
                     *         {
                     *           "name": "witness.example.com",
                     *           "size": 8,
                     *           "at": "2026-01-31T08:55:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Integrity"];
                };
            };
            /** @description Problem types: `/docs/problems/bad-request.md`, `/docs/problems/invalid-cursor.md`. */
            400: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/bad-request.md",
                     *       "title": "Bad request",
                     *       "status": 400,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request has no valid token. This response comes from API Gateway. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Unauthorized"
                     *     }
                     */
                    "application/json": {
                        message: string;
                    };
                };
            };
            /** @description Problem types: `/docs/problems/auditors-only.md`, `/docs/problems/id-token-required.md`. */
            403: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/auditors-only.md",
                     *       "title": "Auditors only",
                     *       "status": 403,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/store-unavailable.md`. */
            503: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    /** @description Seconds after which you can send the request again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/store-unavailable.md",
                     *       "title": "Store unavailable",
                     *       "status": 503,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/internal-error.md`. */
            default: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/internal-error.md",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verifyWorkflow: {
        parameters: {
            query?: {
                /** @description The `cursor` of the previous page; leave it out for the first page. */
                cursor?: string | null;
            };
            header?: never;
            path: {
                /** @description Id of the workflow. */
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workflowId": "0190a000-0000-7000-8000-00000000000a",
                     *       "verdict": "invalid",
                     *       "events": 3,
                     *       "sealed": 2,
                     *       "pending": 0,
                     *       "headHash": "5d1be7e9dda1ee8896be5b7e34a85ee16452a7b357ee98e2c93d0cd9cff24d7e",
                     *       "from": 1,
                     *       "to": 3,
                     *       "cursor": null,
                     *       "checked": {
                     *         "chain": "valid",
                     *         "commitments": "valid",
                     *         "inclusion": "invalid",
                     *         "checkpoint": "valid",
                     *         "attestedState": "valid"
                     *       },
                     *       "attested": {
                     *         "version": 3,
                     *         "headHash": "5d1be7e9dda1ee8896be5b7e34a85ee16452a7b357ee98e2c93d0cd9cff24d7e",
                     *         "status": "APPROVED",
                     *         "manifest": "2026-01-31T09:01:00Z",
                     *         "at": "2026-01-31T09:01:30.000Z"
                     *       },
                     *       "checkpoint": {
                     *         "origin": "countersign-dev-proof-123456789012.s3.eu-west-1.amazonaws.com",
                     *         "size": 8,
                     *         "rootHash": "5dc9f718aa14ad2d2c57a3edfdfa530fc793497dc5ddb4f86637099389818b28",
                     *         "signedAt": "2026-01-31T09:01:02.345Z",
                     *         "note": "countersign-dev-proof-123456789012.s3.eu-west-1.amazonaws.com\n8\nXcn3GKoUrS0sV6Pt/fpTD8eTSX3F3bT4ZjcJk4mBiyg=\n\n— countersign-dev-proof-123456789012.s3.eu-west-1.amazonaws.com 1Y7M2jBFAiEA1pD0ExampleOfAnEcdsaSignatureInDerEncoding0123456789ABCDEFG=\n",
                     *         "cosigners": []
                     *       },
                     *       "findings": [
                     *         {
                     *           "sequence": 2,
                     *           "datasetId": "0190b000-0000-7000-8000-000000000001",
                     *           "code": "rewritten",
                     *           "detail": "Leaf 1 of the log has another hash than the stored record."
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Verification"];
                };
            };
            /** @description Problem types: `/docs/problems/bad-request.md`, `/docs/problems/invalid-cursor.md`. */
            400: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/bad-request.md",
                     *       "title": "Bad request",
                     *       "status": 400,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request has no valid token. This response comes from API Gateway. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Unauthorized"
                     *     }
                     */
                    "application/json": {
                        message: string;
                    };
                };
            };
            /** @description Problem types: `/docs/problems/id-token-required.md`. */
            403: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/id-token-required.md",
                     *       "title": "Id token required",
                     *       "status": 403,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/not-found.md`. */
            404: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/not-found.md",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/log-damaged.md`. */
            500: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/log-damaged.md",
                     *       "title": "Log damaged",
                     *       "status": 500,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/store-unavailable.md`. */
            503: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    /** @description Seconds after which you can send the request again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/store-unavailable.md",
                     *       "title": "Store unavailable",
                     *       "status": 503,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/internal-error.md`. */
            default: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/internal-error.md",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getEvidence: {
        parameters: {
            query?: {
                /** @description The `cursor` of the previous page; leave it out for the first page. */
                cursor?: string | null;
            };
            header?: never;
            path: {
                /** @description Id of the workflow. */
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "format": "countersign.evidence.v1",
                     *       "workflowId": "0190a000-0000-7000-8000-00000000000a",
                     *       "createdAt": "2026-01-31T09:05:00.000Z",
                     *       "publicKey": "countersign-dev-proof-123456789012.s3.eu-west-1.amazonaws.com+d58eccda+AjBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABExampleOfAPublicKey",
                     *       "checkpoint": "countersign-dev-proof-123456789012.s3.eu-west-1.amazonaws.com\n8\nXcn3GKoUrS0sV6Pt/fpTD8eTSX3F3bT4ZjcJk4mBiyg=\n\n— countersign-dev-proof-123456789012.s3.eu-west-1.amazonaws.com 1Y7M2jBFAiEA1pD0ExampleOfAnEcdsaSignatureInDerEncoding0123456789ABCDEFG=\n",
                     *       "cursor": null,
                     *       "records": [
                     *         {
                     *           "datasetId": "0190b000-0000-7000-8000-000000000002",
                     *           "hash": "5d1be7e9dda1ee8896be5b7e34a85ee16452a7b357ee98e2c93d0cd9cff24d7e",
                     *           "sealed": "{\"actionOwner\":{\"id\":\"5f0c3f0e-0000-7000-8000-000000000001\",\"type\":\"user\"},…}",
                     *           "person": {
                     *             "salt": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
                     *             "value": "{\"name\":\"Bo Approver\",…}"
                     *           },
                     *           "content": null
                     *         }
                     *       ],
                     *       "proofs": [
                     *         {
                     *           "entryId": "0190b000-0000-7000-8000-000000000002",
                     *           "index": 2,
                     *           "hashes": [
                     *             "5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d5d",
                     *             "0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e0e",
                     *             "c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4c4"
                     *           ]
                     *         }
                     *       ],
                     *       "manifests": [
                     *         {
                     *           "name": "2026-01-31T09:01:00Z",
                     *           "text": "{\"events\":[…],\"format\":\"countersign.manifest.v1\",…}"
                     *         }
                     *       ],
                     *       "omittedManifests": [],
                     *       "withheld": [],
                     *       "erasures": []
                     *     }
                     */
                    "application/json": components["schemas"]["Evidence"];
                };
            };
            /** @description Problem types: `/docs/problems/bad-request.md`, `/docs/problems/invalid-cursor.md`. */
            400: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/bad-request.md",
                     *       "title": "Bad request",
                     *       "status": 400,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request has no valid token. This response comes from API Gateway. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Unauthorized"
                     *     }
                     */
                    "application/json": {
                        message: string;
                    };
                };
            };
            /** @description Problem types: `/docs/problems/id-token-required.md`. */
            403: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/id-token-required.md",
                     *       "title": "Id token required",
                     *       "status": 403,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/not-found.md`. */
            404: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/not-found.md",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/log-damaged.md`. */
            500: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/log-damaged.md",
                     *       "title": "Log damaged",
                     *       "status": 500,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/store-unavailable.md`. */
            503: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    /** @description Seconds after which you can send the request again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/store-unavailable.md",
                     *       "title": "Store unavailable",
                     *       "status": 503,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/internal-error.md`. */
            default: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/internal-error.md",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listErasures: {
        parameters: {
            query?: {
                /** @description Maximum number of items on the page. */
                limit?: number;
                /** @description The `cursor` of the previous page; leave it out for the first page. */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "erasureId": "0190c000-0000-7000-8000-000000000001",
                     *           "kind": "user",
                     *           "userId": "5f0c3f0e-0000-7000-8000-000000000001",
                     *           "parts": [
                     *             "person",
                     *             "content"
                     *           ],
                     *           "reason": "Request 4711 under GDPR article 17",
                     *           "requestedBy": "c2f6e1de-1d2b-4a64-9a51-6a9f0f4a1c02",
                     *           "state": "RUNNING",
                     *           "error": null,
                     *           "erased": {
                     *             "person": 1000,
                     *             "content": 640
                     *           },
                     *           "held": {
                     *             "count": 3,
                     *             "workflowIds": [
                     *               "0190a000-0000-7000-8000-00000000000a"
                     *             ]
                     *           },
                     *           "createdAt": "2026-01-31T09:00:00.000Z",
                     *           "updatedAt": "2026-01-31T09:00:07.120Z"
                     *         }
                     *       ],
                     *       "cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["ErasurePage"];
                };
            };
            /** @description Problem types: `/docs/problems/bad-request.md`, `/docs/problems/invalid-cursor.md`. */
            400: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/bad-request.md",
                     *       "title": "Bad request",
                     *       "status": 400,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request has no valid token. This response comes from API Gateway. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Unauthorized"
                     *     }
                     */
                    "application/json": {
                        message: string;
                    };
                };
            };
            /** @description Problem types: `/docs/problems/auditors-only.md`, `/docs/problems/id-token-required.md`. */
            403: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/auditors-only.md",
                     *       "title": "Auditors only",
                     *       "status": 403,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/store-unavailable.md`. */
            503: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    /** @description Seconds after which you can send the request again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/store-unavailable.md",
                     *       "title": "Store unavailable",
                     *       "status": 503,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/internal-error.md`. */
            default: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/internal-error.md",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    requestErasure: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description A key of your own. A retry with the same key within 24 hours returns the first response.
                 * @example 4b1c0d6e-0f2a-4d0e-9d3b-2f6f1c1f9f10
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description At most 256 KB. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "userId": "5f0c3f0e-0000-7000-8000-000000000001",
                 *       "parts": [
                 *         "person",
                 *         "content"
                 *       ],
                 *       "reason": "Request 4711 under GDPR article 17",
                 *       "dryRun": false
                 *     }
                 */
                "application/json": components["schemas"]["ErasureRequest"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "erasureId": null,
                     *       "state": "DRY_RUN",
                     *       "records": 2,
                     *       "person": 1,
                     *       "content": 2,
                     *       "held": {
                     *         "count": 3,
                     *         "workflowIds": [
                     *           "0190a000-0000-7000-8000-00000000000a"
                     *         ]
                     *       },
                     *       "workflows": 1,
                     *       "datasetIds": [
                     *         "0190b000-0000-7000-8000-000000000002",
                     *         "0190b000-0000-7000-8000-000000000001"
                     *       ],
                     *       "complete": true
                     *     }
                     */
                    "application/json": components["schemas"]["DryRun"];
                };
            };
            /** @description Accepted. */
            202: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    /** @description Path of the new item. */
                    location?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "erasureId": "0190c000-0000-7000-8000-000000000001",
                     *       "kind": "user",
                     *       "userId": "5f0c3f0e-0000-7000-8000-000000000001",
                     *       "parts": [
                     *         "person",
                     *         "content"
                     *       ],
                     *       "reason": "Request 4711 under GDPR article 17",
                     *       "requestedBy": "c2f6e1de-1d2b-4a64-9a51-6a9f0f4a1c02",
                     *       "state": "REQUESTED",
                     *       "error": null,
                     *       "erased": {
                     *         "person": 0,
                     *         "content": 0
                     *       },
                     *       "held": {
                     *         "count": 0,
                     *         "workflowIds": []
                     *       },
                     *       "createdAt": "2026-01-31T09:00:00.000Z",
                     *       "updatedAt": "2026-01-31T09:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Erasure"];
                };
            };
            /** @description Problem types: `/docs/problems/bad-request.md`. */
            400: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/bad-request.md",
                     *       "title": "Bad request",
                     *       "status": 400,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request has no valid token. This response comes from API Gateway. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Unauthorized"
                     *     }
                     */
                    "application/json": {
                        message: string;
                    };
                };
            };
            /** @description Problem types: `/docs/problems/admins-only.md`, `/docs/problems/id-token-required.md`. */
            403: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/admins-only.md",
                     *       "title": "Admins only",
                     *       "status": 403,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/erasure-running.md`. */
            409: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/erasure-running.md",
                     *       "title": "Erasure running",
                     *       "status": 409,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/too-large.md`. */
            413: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/too-large.md",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/unsupported-media-type.md`. */
            415: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/unsupported-media-type.md",
                     *       "title": "Unsupported media type",
                     *       "status": 415,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/idempotency-key-reused.md`. */
            422: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/idempotency-key-reused.md",
                     *       "title": "Idempotency key reused",
                     *       "status": 422,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/search-unavailable.md`, `/docs/problems/store-unavailable.md`. */
            503: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    /** @description Seconds after which you can send the request again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/search-unavailable.md",
                     *       "title": "Search unavailable",
                     *       "status": 503,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/internal-error.md`. */
            default: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/internal-error.md",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getErasure: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the erasure. */
                erasureId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "erasureId": "0190c000-0000-7000-8000-000000000001",
                     *       "kind": "user",
                     *       "userId": "5f0c3f0e-0000-7000-8000-000000000001",
                     *       "parts": [
                     *         "person",
                     *         "content"
                     *       ],
                     *       "reason": "Request 4711 under GDPR article 17",
                     *       "requestedBy": "c2f6e1de-1d2b-4a64-9a51-6a9f0f4a1c02",
                     *       "state": "RUNNING",
                     *       "error": null,
                     *       "erased": {
                     *         "person": 1000,
                     *         "content": 640
                     *       },
                     *       "held": {
                     *         "count": 3,
                     *         "workflowIds": [
                     *           "0190a000-0000-7000-8000-00000000000a"
                     *         ]
                     *       },
                     *       "createdAt": "2026-01-31T09:00:00.000Z",
                     *       "updatedAt": "2026-01-31T09:00:07.120Z"
                     *     }
                     */
                    "application/json": components["schemas"]["Erasure"];
                };
            };
            /** @description Problem types: `/docs/problems/bad-request.md`. */
            400: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/bad-request.md",
                     *       "title": "Bad request",
                     *       "status": 400,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request has no valid token. This response comes from API Gateway. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Unauthorized"
                     *     }
                     */
                    "application/json": {
                        message: string;
                    };
                };
            };
            /** @description Problem types: `/docs/problems/auditors-only.md`, `/docs/problems/id-token-required.md`. */
            403: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/auditors-only.md",
                     *       "title": "Auditors only",
                     *       "status": 403,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/not-found.md`. */
            404: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/not-found.md",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/store-unavailable.md`. */
            503: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    /** @description Seconds after which you can send the request again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/store-unavailable.md",
                     *       "title": "Store unavailable",
                     *       "status": 503,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/internal-error.md`. */
            default: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/internal-error.md",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listHolds: {
        parameters: {
            query?: {
                /** @description Maximum number of items on the page. */
                limit?: number;
                /** @description The `cursor` of the previous page; leave it out for the first page. */
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "workflowId": "0190a000-0000-7000-8000-00000000000a",
                     *           "reason": "Case 2026-17",
                     *           "by": "c2f6e1de-1d2b-4a64-9a51-6a9f0f4a1c02",
                     *           "at": "2026-01-31T09:00:00.000Z"
                     *         }
                     *       ],
                     *       "cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["LegalHoldPage"];
                };
            };
            /** @description Problem types: `/docs/problems/bad-request.md`, `/docs/problems/invalid-cursor.md`. */
            400: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/bad-request.md",
                     *       "title": "Bad request",
                     *       "status": 400,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request has no valid token. This response comes from API Gateway. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Unauthorized"
                     *     }
                     */
                    "application/json": {
                        message: string;
                    };
                };
            };
            /** @description Problem types: `/docs/problems/auditors-only.md`, `/docs/problems/id-token-required.md`. */
            403: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/auditors-only.md",
                     *       "title": "Auditors only",
                     *       "status": 403,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/store-unavailable.md`. */
            503: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    /** @description Seconds after which you can send the request again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/store-unavailable.md",
                     *       "title": "Store unavailable",
                     *       "status": 503,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/internal-error.md`. */
            default: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/internal-error.md",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHold: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the workflow. */
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workflowId": "0190a000-0000-7000-8000-00000000000a",
                     *       "reason": "Case 2026-17",
                     *       "by": "c2f6e1de-1d2b-4a64-9a51-6a9f0f4a1c02",
                     *       "at": "2026-01-31T09:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["LegalHold"];
                };
            };
            /** @description Problem types: `/docs/problems/bad-request.md`. */
            400: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/bad-request.md",
                     *       "title": "Bad request",
                     *       "status": 400,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request has no valid token. This response comes from API Gateway. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Unauthorized"
                     *     }
                     */
                    "application/json": {
                        message: string;
                    };
                };
            };
            /** @description Problem types: `/docs/problems/auditors-only.md`, `/docs/problems/id-token-required.md`. */
            403: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/auditors-only.md",
                     *       "title": "Auditors only",
                     *       "status": 403,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/not-found.md`. */
            404: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/not-found.md",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/store-unavailable.md`. */
            503: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    /** @description Seconds after which you can send the request again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/store-unavailable.md",
                     *       "title": "Store unavailable",
                     *       "status": 503,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/internal-error.md`. */
            default: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/internal-error.md",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    placeHold: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the workflow. */
                workflowId: string;
            };
            cookie?: never;
        };
        /** @description At most 256 KB. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "Case 2026-17"
                 *     }
                 */
                "application/json": components["schemas"]["HoldRequest"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workflowId": "0190a000-0000-7000-8000-00000000000a",
                     *       "reason": "Case 2026-17",
                     *       "by": "c2f6e1de-1d2b-4a64-9a51-6a9f0f4a1c02",
                     *       "at": "2026-01-31T09:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["LegalHold"];
                };
            };
            /** @description Problem types: `/docs/problems/bad-request.md`. */
            400: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/bad-request.md",
                     *       "title": "Bad request",
                     *       "status": 400,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request has no valid token. This response comes from API Gateway. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Unauthorized"
                     *     }
                     */
                    "application/json": {
                        message: string;
                    };
                };
            };
            /** @description Problem types: `/docs/problems/admins-only.md`, `/docs/problems/id-token-required.md`. */
            403: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/admins-only.md",
                     *       "title": "Admins only",
                     *       "status": 403,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/not-found.md`. */
            404: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/not-found.md",
                     *       "title": "Not found",
                     *       "status": 404,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/too-large.md`. */
            413: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/too-large.md",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/unsupported-media-type.md`. */
            415: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/unsupported-media-type.md",
                     *       "title": "Unsupported media type",
                     *       "status": 415,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/store-unavailable.md`. */
            503: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    /** @description Seconds after which you can send the request again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/store-unavailable.md",
                     *       "title": "Store unavailable",
                     *       "status": 503,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/internal-error.md`. */
            default: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/internal-error.md",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    releaseHold: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the workflow. */
                workflowId: string;
            };
            cookie?: never;
        };
        /** @description At most 256 KB. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "reason": "Case 2026-17 is closed"
                 *     }
                 */
                "application/json": components["schemas"]["HoldRequest"];
            };
        };
        responses: {
            /** @description No Content. */
            204: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Problem types: `/docs/problems/bad-request.md`. */
            400: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/bad-request.md",
                     *       "title": "Bad request",
                     *       "status": 400,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request has no valid token. This response comes from API Gateway. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Unauthorized"
                     *     }
                     */
                    "application/json": {
                        message: string;
                    };
                };
            };
            /** @description Problem types: `/docs/problems/admins-only.md`, `/docs/problems/id-token-required.md`. */
            403: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/admins-only.md",
                     *       "title": "Admins only",
                     *       "status": 403,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/too-large.md`. */
            413: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/too-large.md",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/unsupported-media-type.md`. */
            415: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/unsupported-media-type.md",
                     *       "title": "Unsupported media type",
                     *       "status": 415,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/store-unavailable.md`. */
            503: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    /** @description Seconds after which you can send the request again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/store-unavailable.md",
                     *       "title": "Store unavailable",
                     *       "status": 503,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/internal-error.md`. */
            default: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/internal-error.md",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getRetention: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "defaultDays": 2555,
                     *       "schemes": [
                     *         {
                     *           "scheme": "expense-report",
                     *           "days": 3650,
                     *           "by": "c2f6e1de-1d2b-4a64-9a51-6a9f0f4a1c02",
                     *           "at": "2026-01-31T09:00:00.000Z"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Retention"];
                };
            };
            /** @description Problem types: `/docs/problems/bad-request.md`. */
            400: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/bad-request.md",
                     *       "title": "Bad request",
                     *       "status": 400,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request has no valid token. This response comes from API Gateway. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Unauthorized"
                     *     }
                     */
                    "application/json": {
                        message: string;
                    };
                };
            };
            /** @description Problem types: `/docs/problems/auditors-only.md`, `/docs/problems/id-token-required.md`. */
            403: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/auditors-only.md",
                     *       "title": "Auditors only",
                     *       "status": 403,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/store-unavailable.md`. */
            503: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    /** @description Seconds after which you can send the request again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/store-unavailable.md",
                     *       "title": "Store unavailable",
                     *       "status": 503,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/internal-error.md`. */
            default: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/internal-error.md",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setRetention: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the scheme. */
                scheme: string;
            };
            cookie?: never;
        };
        /** @description At most 256 KB. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "days": 3650,
                 *       "reason": "Tax law: ten years"
                 *     }
                 */
                "application/json": components["schemas"]["RetentionRequest"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "scheme": "expense-report",
                     *       "days": 3650,
                     *       "by": "c2f6e1de-1d2b-4a64-9a51-6a9f0f4a1c02",
                     *       "at": "2026-01-31T09:00:00.000Z"
                     *     }
                     */
                    "application/json": components["schemas"]["SchemeRetention"];
                };
            };
            /** @description Problem types: `/docs/problems/bad-request.md`. */
            400: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/bad-request.md",
                     *       "title": "Bad request",
                     *       "status": 400,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request has no valid token. This response comes from API Gateway. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Unauthorized"
                     *     }
                     */
                    "application/json": {
                        message: string;
                    };
                };
            };
            /** @description Problem types: `/docs/problems/admins-only.md`, `/docs/problems/id-token-required.md`. */
            403: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/admins-only.md",
                     *       "title": "Admins only",
                     *       "status": 403,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/too-large.md`. */
            413: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/too-large.md",
                     *       "title": "Too large",
                     *       "status": 413,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/unsupported-media-type.md`. */
            415: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/unsupported-media-type.md",
                     *       "title": "Unsupported media type",
                     *       "status": 415,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/store-unavailable.md`. */
            503: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    /** @description Seconds after which you can send the request again. */
                    "retry-after"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/store-unavailable.md",
                     *       "title": "Store unavailable",
                     *       "status": 503,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/internal-error.md`. */
            default: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/internal-error.md",
                     *       "title": "Internal error",
                     *       "status": 500,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
