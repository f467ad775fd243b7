// Generated from services/audit/openapi.json by `npm run generate`. Do not edit.

export interface paths {
    "/audit-trail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Search the audit trail, newest first. */
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
        /** Read one record, with the texts that its hashes were made over. */
        get: operations["readRecord"];
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
        /** Recompute a workflow's hash chain: intact, or where and how it breaks. */
        get: operations["readVerification"];
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
        /** @description RFC 9457 problem details. */
        Problem: {
            type: string;
            title: string;
            status: number;
            detail: string;
            instance: string;
            errors?: {
                /** @enum {string} */
                in: "body" | "query" | "path" | "header";
                pointer: string;
                detail: string;
            }[];
        };
        ActionOwner: {
            userId: string;
        };
        Sealed: {
            /** @enum {integer} */
            schemaVersion: 1;
            source: string;
            scheme: string;
            schemeVersion: number;
            /** Format: uuid */
            workflowId: string;
            stepId: string | null;
            round: number;
            /** @enum {string} */
            actionType: "SAVE" | "REQUEST" | "APPROVE" | "REJECT";
            actionOwner: components["schemas"]["ActionOwner"];
            /** @enum {string} */
            outcome: "DRAFT" | "PENDING" | "APPROVED" | "REJECTED";
            /** Format: date-time */
            occurredAt: string;
            requestId: string;
            sequence: number;
            previousHash: string;
            personCommitment: string;
            contentCommitment: string;
        };
        Person: {
            name: string;
            email: string;
            groups: string[];
            sourceIp: string;
            userAgent: string;
        };
        Content: {
            title: string;
            comment: string | null;
            before: {
                [key: string]: unknown;
            } | null;
            after: {
                [key: string]: unknown;
            } | null;
        };
        AuditRecord: {
            /** Format: uuid */
            datasetId: string;
            hash: string;
            sealed: components["schemas"]["Sealed"];
            person: (Record<string, never> | null) | components["schemas"]["Person"];
            content: (Record<string, never> | null) | components["schemas"]["Content"];
            participants: string[];
        };
        AuditTrailPage: {
            items: components["schemas"]["AuditRecord"][];
            missing: string[];
            cursor: string | null;
        };
        Opening: {
            salt: string;
            value: string;
        };
        Canonical: {
            sealed: string;
            person: (Record<string, never> | null) | components["schemas"]["Opening"];
            content: (Record<string, never> | null) | components["schemas"]["Opening"];
        };
        VerifiableAuditRecord: {
            /** Format: uuid */
            datasetId: string;
            hash: string;
            sealed: components["schemas"]["Sealed"];
            person: (Record<string, never> | null) | components["schemas"]["Person"];
            content: (Record<string, never> | null) | components["schemas"]["Content"];
            participants: string[];
            canonical: components["schemas"]["Canonical"];
        };
        Break: {
            sequence: number;
            datasetId: string | null;
            reason: string;
            detail: string;
        };
        Verification: {
            /** Format: uuid */
            workflowId: string;
            /** @enum {string} */
            verdict: "intact" | "broken";
            events: number;
            headHash: string | null;
            breaks: components["schemas"]["Break"][];
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
                scheme?: string;
                workflowId?: string;
                stepId?: string;
                actionType?: "SAVE" | "REQUEST" | "APPROVE" | "REJECT";
                actionOwner?: string;
                outcome?: "DRAFT" | "PENDING" | "APPROVED" | "REJECTED";
                from?: string;
                to?: string;
                text?: string;
                limit?: number;
                cursor?: string | null;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditTrailPage"];
                };
            };
            /** @description No valid token: the gateway's own answer, before any function is asked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        message: string;
                    };
                };
            };
            /** @description What is wrong, as RFC 9457 problem details. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readRecord: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                datasetId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerifiableAuditRecord"];
                };
            };
            /** @description No valid token: the gateway's own answer, before any function is asked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        message: string;
                    };
                };
            };
            /** @description What is wrong, as RFC 9457 problem details. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readVerification: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Verification"];
                };
            };
            /** @description No valid token: the gateway's own answer, before any function is asked. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        message: string;
                    };
                };
            };
            /** @description What is wrong, as RFC 9457 problem details. */
            default: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
