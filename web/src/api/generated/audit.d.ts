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
    "/workflows/{workflowId}/verification": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Verify a workflow's hash chain.
         * @description Recomputes every hash from what is stored. The verdict is `intact`, or `broken` with findings that say where.
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
            canonical: components["schemas"]["CanonicalTexts"];
        };
        Finding: {
            /** @description Position in the chain, from 1; 0 if it can't be read. */
            sequence: number;
            /** @description Null if no record has this position. */
            datasetId: string | null;
            /** @description `unreadable`, `hash-mismatch`, `event-id-mismatch`, `wrong-workflow`, `missing`, `fork`, `previous-hash-mismatch`, `person-mismatch` or `content-mismatch`. */
            code: string;
            /** @description A sentence. */
            detail: string;
        };
        Verification: {
            /** Format: uuid */
            workflowId: string;
            /** @enum {string} */
            verdict: "intact" | "broken";
            /** @description Number of records that were verified. */
            events: number;
            /** @description Hash of the newest record. Compare it with one that you kept: a chain can't show by itself that its newest records are gone. */
            headHash: string | null;
            findings: components["schemas"]["Finding"][];
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
    verifyWorkflow: {
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
                     *       "verdict": "broken",
                     *       "events": 3,
                     *       "headHash": "5d1be7e9dda1ee8896be5b7e34a85ee16452a7b357ee98e2c93d0cd9cff24d7e",
                     *       "findings": [
                     *         {
                     *           "sequence": 2,
                     *           "datasetId": "0190b000-0000-7000-8000-000000000001",
                     *           "code": "hash-mismatch",
                     *           "detail": "The sealed part does not have the stored hash."
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Verification"];
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
