// Generated from services/audit/openapi.json by `npm run generate`. Do not edit.

export interface paths {
    "/audit-trail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get: {
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
                    cursor?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description ok */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            items: components["schemas"]["AuditRecord"][];
                            cursor: string | null;
                            missing: string[];
                        };
                    };
                };
                /** @description problem */
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
        get: {
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
                /** @description ok */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            datasetId: string;
                            hash: string;
                            sealed: {
                                schemaVersion: number;
                                source: string;
                                scheme: string;
                                schemeVersion: number;
                                workflowId: string;
                                stepId: string | null;
                                round: number;
                                /** @enum {string} */
                                actionType: "SAVE" | "REQUEST" | "APPROVE" | "REJECT";
                                actionOwner: {
                                    userId: string;
                                };
                                /** @enum {string} */
                                outcome: "DRAFT" | "PENDING" | "APPROVED" | "REJECTED";
                                occurredAt: string;
                                requestId: string;
                                sequence: number;
                                previousHash: string;
                                personCommitment: string;
                                contentCommitment: string;
                            };
                            person: {
                                name: string;
                                email: string;
                                groups: string[];
                                sourceIp: string;
                                userAgent: string;
                            } | null;
                            content: {
                                title: string;
                                comment: string | null;
                                before: {
                                    [key: string]: unknown;
                                } | null;
                                after: {
                                    [key: string]: unknown;
                                };
                            } | null;
                            participants: string[];
                            canonical: {
                                sealed: string;
                                person: {
                                    salt: string;
                                    value: string;
                                } | null;
                                content: {
                                    salt: string;
                                    value: string;
                                } | null;
                            };
                        };
                    };
                };
                /** @description problem */
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
        get: {
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
                /** @description ok */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": components["schemas"]["Verification"];
                    };
                };
                /** @description problem */
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
        Problem: {
            type: string;
            title: string;
            status: number;
            detail?: string;
            errors?: {
                in: string;
                pointer: string;
                detail: string;
            }[];
        };
        AuditRecord: {
            datasetId: string;
            hash: string;
            sealed: {
                schemaVersion: number;
                source: string;
                scheme: string;
                schemeVersion: number;
                workflowId: string;
                stepId: string | null;
                round: number;
                /** @enum {string} */
                actionType: "SAVE" | "REQUEST" | "APPROVE" | "REJECT";
                actionOwner: {
                    userId: string;
                };
                /** @enum {string} */
                outcome: "DRAFT" | "PENDING" | "APPROVED" | "REJECTED";
                occurredAt: string;
                requestId: string;
                sequence: number;
                previousHash: string;
                personCommitment: string;
                contentCommitment: string;
            };
            person: {
                name: string;
                email: string;
                groups: string[];
                sourceIp: string;
                userAgent: string;
            } | null;
            content: {
                title: string;
                comment: string | null;
                before: {
                    [key: string]: unknown;
                } | null;
                after: {
                    [key: string]: unknown;
                };
            } | null;
            participants: string[];
        };
        Verification: {
            workflowId: string;
            /** @enum {string} */
            verdict: "intact" | "broken";
            events: number;
            headHash: string | null;
            breaks: {
                sequence: number;
                datasetId: string | null;
                reason: string;
                detail: string;
            }[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;
