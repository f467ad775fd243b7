// Generated from services/workflow/openapi.json by `npm run generate`. Do not edit.

export interface paths {
    "/workflows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The caller's own workflows, or those that wait for the caller's decision. */
        get: operations["listWorkflows"];
        put?: never;
        /** Create a workflow, saved or requested. */
        post: operations["createWorkflow"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workflows/{workflowId}/actions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Save, request, approve or reject. */
        post: operations["act"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workflows/{workflowId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One workflow as it stands. */
        get: operations["showWorkflow"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workflows/{workflowId}/history": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What was done to a workflow, oldest first. */
        get: operations["showHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schemes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All schemes in their newest versions. */
        get: operations["listSchemes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/schemes/{schemeId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A scheme in its newest version, or in the one that is asked for. */
        get: operations["showScheme"];
        /** Create a scheme, or write its next version (admins). */
        put: operations["putScheme"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** That the service answers. */
        get: operations["health"];
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
        NewWorkflow: {
            /** @enum {string} */
            actionType: "SAVE" | "REQUEST";
            scheme: string;
            title: string;
            data: {
                [key: string]: unknown;
            };
            /** @default null */
            comment?: string | null;
        };
        Approvers: {
            users: string[];
            groups: string[];
        };
        Person: {
            userId: string;
            name: string;
        };
        Workflow: {
            /** Format: uuid */
            workflowId: string;
            scheme: string;
            schemeVersion: number;
            title: string;
            /** @enum {string} */
            status: "DRAFT" | "PENDING" | "APPROVED" | "REJECTED";
            round: number;
            stepId: string | null;
            approvers: components["schemas"]["Approvers"];
            requester: components["schemas"]["Person"];
            version: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            allowedActions: ("SAVE" | "REQUEST" | "APPROVE" | "REJECT")[];
            data: {
                [key: string]: unknown;
            };
        };
        ActionRequest: {
            /** @enum {string} */
            actionType: "SAVE" | "REQUEST" | "APPROVE" | "REJECT";
            title?: string;
            data?: {
                [key: string]: unknown;
            };
            /** @default null */
            comment?: string | null;
        };
        WorkflowSummary: {
            /** Format: uuid */
            workflowId: string;
            scheme: string;
            schemeVersion: number;
            title: string;
            /** @enum {string} */
            status: "DRAFT" | "PENDING" | "APPROVED" | "REJECTED";
            round: number;
            stepId: string | null;
            approvers: components["schemas"]["Approvers"];
            requester: components["schemas"]["Person"];
            version: number;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            allowedActions: ("SAVE" | "REQUEST" | "APPROVE" | "REJECT")[];
        };
        WorkflowPage: {
            items: components["schemas"]["WorkflowSummary"][];
            cursor: string | null;
        };
        HistoryEntry: {
            /** Format: uuid */
            eventId: string;
            sequence: number;
            /** @enum {string} */
            actionType: "SAVE" | "REQUEST" | "APPROVE" | "REJECT";
            /** @enum {string} */
            outcome: "DRAFT" | "PENDING" | "APPROVED" | "REJECTED";
            round: number;
            stepId: string | null;
            actionOwner: components["schemas"]["Person"];
            title: string;
            comment: string | null;
            /** Format: date-time */
            occurredAt: string;
            hash: string;
            previousHash: string;
        };
        HistoryPage: {
            items: components["schemas"]["HistoryEntry"][];
            cursor: string | null;
        };
        Step: {
            stepId: string;
            name: string;
            approvers: components["schemas"]["Approvers"];
        };
        Scheme: {
            schemeId: string;
            version: number;
            name: string;
            steps: components["schemas"]["Step"][];
            /** Format: date-time */
            createdAt: string;
            createdBy: components["schemas"]["Person"];
        };
        SchemePage: {
            items: components["schemas"]["Scheme"][];
            cursor: string | null;
        };
        ApproversDefinition: {
            users?: string[];
            groups?: string[];
        };
        StepDefinition: {
            stepId: string;
            name: string;
            approvers: components["schemas"]["ApproversDefinition"];
        };
        SchemeDefinition: {
            name: string;
            steps: components["schemas"]["StepDefinition"][];
        };
        Health: {
            status: string;
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
    listWorkflows: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string | null;
                view?: "mine" | "inbox";
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
                    "application/json": components["schemas"]["WorkflowPage"];
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
    createWorkflow: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewWorkflow"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workflow"];
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
    act: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
                "Idempotency-Key"?: string;
            };
            path: {
                workflowId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ActionRequest"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workflow"];
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
    showWorkflow: {
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
                    "application/json": components["schemas"]["Workflow"];
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
    showHistory: {
        parameters: {
            query?: {
                limit?: number;
                cursor?: string | null;
            };
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
                    "application/json": components["schemas"]["HistoryPage"];
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
    listSchemes: {
        parameters: {
            query?: {
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
                    "application/json": components["schemas"]["SchemePage"];
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
    showScheme: {
        parameters: {
            query?: {
                version?: number | null;
            };
            header?: never;
            path: {
                schemeId: string;
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
                    "application/json": components["schemas"]["Scheme"];
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
    putScheme: {
        parameters: {
            query?: never;
            header?: {
                "If-Match"?: string;
            };
            path: {
                schemeId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SchemeDefinition"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Scheme"];
                };
            };
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Scheme"];
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
    health: {
        parameters: {
            query?: never;
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
                    "application/json": components["schemas"]["Health"];
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
