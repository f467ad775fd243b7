// Generated from services/workflow/openapi.json by `npm run generate`. Do not edit.

export interface paths {
    "/workflows": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List workflows.
         * @description Your own workflows, those that wait for your decision, or those that you have decided, newest first, without their
         *     data.
         */
        get: operations["listWorkflows"];
        put?: never;
        /**
         * Create a workflow.
         * @description Saves a draft, or requests a decision at once. The workflow keeps the scheme version that is the newest now. The
         *     body can have 512 KB, its data 128 KB in canonical form.
         */
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
        /**
         * Save, request, approve or reject a workflow.
         * @description Only the requester can save and request, only the step's approvers can approve and reject, and no one decides their
         *     own request. APPROVE and REJECT require `If-Match` with the version that you have seen; with SAVE and REQUEST it
         *     protects against overwriting another change. The body can have 512 KB, its data 128 KB in canonical form.
         */
        post: operations["performAction"];
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
        /**
         * Get a workflow.
         * @description The requester, admins and auditors see what was last saved, everyone else what was last requested.
         */
        get: operations["getWorkflow"];
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
        /**
         * Get the events of a workflow.
         * @description Oldest first. SAVE events are visible to the requester, admins and auditors only, so other users see gaps in the
         *     sequence.
         */
        get: operations["getHistory"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workflows/{workflowId}/rounds": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get what was requested.
         * @description Title and data of each REQUEST, newest first. Everyone who may read the workflow sees the same.
         */
        get: operations["getRounds"];
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
        /**
         * List schemes.
         * @description Every signed-in user sees all schemes, in their newest versions, ordered by id.
         */
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
        /**
         * Get a scheme.
         * @description The newest version, or the version in the query.
         */
        get: operations["getScheme"];
        /**
         * Create a scheme or add a version.
         * @description Only for members of the group `admins`. Writing the content that the newest version has adds no version. Workflows
         *     keep the version that they were created with.
         */
        put: operations["putScheme"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/people": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List people.
         * @description Those whose name starts with the query, then those whose e-mail address does; someone can come in both parts.
         *     Disabled users are left out. The user directory doesn't order them. A new user appears within a minute.
         */
        get: operations["listPeople"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/people/{userId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a person.
         * @description Also one who is disabled. A change appears within ten minutes.
         */
        get: operations["getPerson"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List groups.
         * @description Only for members of the group `admins`. A new group appears within a minute.
         */
        get: operations["listGroups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/groups/{name}/members": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the members of a group.
         * @description For members of the group `admins`. Everyone else sees the members of an approver group: they name a scheme whose
         *     newest version has it. Disabled users are left out. A change appears within a minute.
         */
        get: operations["listGroupMembers"];
        put?: never;
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
        /** Check that the function responds. */
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
        CreateWorkflowRequest: {
            /**
             * @description SAVE keeps a draft that approvers don't see; REQUEST asks for a decision.
             * @enum {string}
             */
            actionType: "SAVE" | "REQUEST";
            /** @description Id of the scheme; its newest version is used. */
            scheme: string;
            /** @description 1 to 200 characters that show something. */
            title: string;
            /** @description Any JSON object: at most 128 KB in canonical form (RFC 8785), at most 64 levels deep, with unique names and numbers that an IEEE 754 double can hold. */
            data: {
                [key: string]: unknown;
            };
            /**
             * @description At most 4,000 characters.
             * @default null
             */
            comment?: string | null;
        };
        NamedUser: {
            userId: string;
            /** @description Their name as it is now. Null if it is not known: the user was deleted, or the user directory did not respond in time. The responses to actions have only names that the service has read within the last minutes. */
            name: string | null;
        };
        Approvers: {
            users: components["schemas"]["NamedUser"][];
            /** @description Names of groups. */
            groups: string[];
        };
        Person: {
            userId: string;
            /** @description Display name at the time of the event; empty once erased. */
            name: string;
            /** @description True if the name was erased; otherwise left out. */
            erased?: boolean;
        };
        PreviewField: {
            /** @description Name of the field, cut to 80 characters. */
            name: string;
            /** @description A string as it is, any other value as JSON, cut to 80 characters. */
            value: string;
        };
        Decision: {
            userId: string;
            /** @description Their name as it is now. Null if it is not known: the user was deleted, or the user directory did not respond in time. The responses to actions have only names that the service has read within the last minutes. */
            name: string | null;
            /** @enum {string} */
            actionType: "APPROVE" | "REJECT";
            stepId: string;
            round: number;
            /** Format: date-time */
            at: string;
        };
        Workflow: {
            /** Format: uuid */
            workflowId: string;
            scheme: string;
            /** @description The version that the workflow was created with; it doesn't change. */
            schemeVersion: number;
            /** @description Approvers see the title of the newest REQUEST. Empty once erased. */
            title: string;
            /** @description True if title and data were erased, which allows no action; otherwise left out. */
            contentErased?: boolean;
            /** @enum {string} */
            status: "DRAFT" | "PENDING" | "APPROVED" | "REJECTED";
            /** @description From 1; increases when the workflow is requested again after a rejection. */
            round: number;
            /** @description The current step, or the step of the decision; null for a draft. */
            stepId: string | null;
            approvers: components["schemas"]["Approvers"];
            requester: components["schemas"]["Person"];
            /** @description Number of events. Send it as `If-Match` in quotes. */
            version: number;
            /** @description The first fields of the data, in the order of their names, whose value is a string, a number, true, false or null; at most 3. Of the data that you see; empty once erased. */
            preview: components["schemas"]["PreviewField"][];
            /** @description The decisions of the current round. */
            decidedBy: components["schemas"]["Decision"][];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description What you may do now. */
            allowedActions: ("SAVE" | "REQUEST" | "APPROVE" | "REJECT")[];
            /** @description As last saved for the requester, admins and auditors; as last requested for everyone else. Without members once erased. */
            data: {
                [key: string]: unknown;
            };
        };
        ActionRequest: {
            /**
             * @description SAVE and REQUEST are the requester's, APPROVE and REJECT the approvers'.
             * @enum {string}
             */
            actionType: "SAVE" | "REQUEST" | "APPROVE" | "REJECT";
            /** @description The new title, 1 to 200 characters; only with SAVE or REQUEST. */
            title?: string;
            /** @description The new data; only with SAVE or REQUEST. Any JSON object: at most 128 KB in canonical form (RFC 8785), at most 64 levels deep, with unique names and numbers that an IEEE 754 double can hold. */
            data?: {
                [key: string]: unknown;
            };
            /**
             * @description At most 4,000 characters. A REJECT must have one.
             * @default null
             */
            comment?: string | null;
        };
        WorkflowSummary: {
            /** Format: uuid */
            workflowId: string;
            scheme: string;
            /** @description The version that the workflow was created with; it doesn't change. */
            schemeVersion: number;
            /** @description Approvers see the title of the newest REQUEST. Empty once erased. */
            title: string;
            /** @description True if title and data were erased, which allows no action; otherwise left out. */
            contentErased?: boolean;
            /** @enum {string} */
            status: "DRAFT" | "PENDING" | "APPROVED" | "REJECTED";
            /** @description From 1; increases when the workflow is requested again after a rejection. */
            round: number;
            /** @description The current step, or the step of the decision; null for a draft. */
            stepId: string | null;
            approvers: components["schemas"]["Approvers"];
            requester: components["schemas"]["Person"];
            /** @description Number of events. Send it as `If-Match` in quotes. */
            version: number;
            /** @description The first fields of the data, in the order of their names, whose value is a string, a number, true, false or null; at most 3. Of the data that you see; empty once erased. */
            preview: components["schemas"]["PreviewField"][];
            /** @description The decisions of the current round. */
            decidedBy: components["schemas"]["Decision"][];
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description What you may do now. */
            allowedActions: ("SAVE" | "REQUEST" | "APPROVE" | "REJECT")[];
        };
        WorkflowPage: {
            /** @description Send it as `cursor` to get the next page; null on the last page. */
            cursor: string | null;
            items: components["schemas"]["WorkflowSummary"][];
        };
        ActionOwner: {
            /** @description `user`, `machine` or `system`. */
            type: string;
            id: string;
            /** @description Display name at the time of the event; empty once erased. */
            name: string;
            /** @description True if the name was erased; otherwise left out. */
            erased?: boolean;
        };
        HistoryEntry: {
            /**
             * Format: uuid
             * @description Also the `datasetId` of the audit record.
             */
            eventId: string;
            /** @description Position in the chain, from 1. SAVE events of others are left out. */
            sequence: number;
            /** @description The workflow's version after the action: its `sequence`. */
            version: number;
            /** @enum {string} */
            actionType: "SAVE" | "REQUEST" | "APPROVE" | "REJECT";
            /**
             * @description The status after the action.
             * @enum {string}
             */
            outcome: "DRAFT" | "PENDING" | "APPROVED" | "REJECTED";
            round: number;
            /** @description Null for a SAVE. */
            stepId: string | null;
            actionOwner: components["schemas"]["ActionOwner"];
            /** @description Empty once erased. */
            title: string;
            /** @description Null once erased. */
            comment: string | null;
            /** @description True if title, comment and data were erased; otherwise left out. */
            contentErased?: boolean;
            /** Format: date-time */
            occurredAt: string;
            /** @description SHA-256 of the sealed event. */
            hash: string;
            /** @description Hash of the event before it. */
            previousHash: string;
        };
        HistoryPage: {
            /** @description Send it as `cursor` to get the next page; null on the last page. */
            cursor: string | null;
            items: components["schemas"]["HistoryEntry"][];
        };
        Round: {
            round: number;
            /** @description The workflow's version after the REQUEST. */
            version: number;
            /** Format: date-time */
            requestedAt: string;
            requestedBy: components["schemas"]["Person"];
            /** @description Empty once erased. */
            title: string;
            /** @description Without members once erased. */
            data: {
                [key: string]: unknown;
            };
            /** @description True if title and data were erased; otherwise left out. */
            contentErased?: boolean;
        };
        RoundPage: {
            /** @description Send it as `cursor` to get the next page; null on the last page. */
            cursor: string | null;
            items: components["schemas"]["Round"][];
        };
        Step: {
            stepId: string;
            name: string;
            approvers: components["schemas"]["Approvers"];
        };
        Scheme: {
            schemeId: string;
            /** @description From 1, without gaps. */
            version: number;
            name: string;
            steps: components["schemas"]["Step"][];
            /**
             * Format: date-time
             * @description Of this version.
             */
            createdAt: string;
            createdBy: components["schemas"]["Person"];
        };
        SchemePage: {
            /** @description Send it as `cursor` to get the next page; null on the last page. */
            cursor: string | null;
            items: components["schemas"]["Scheme"][];
        };
        ApproversDefinition: {
            /** @description User ids. */
            users?: string[];
            /** @description Names of groups. */
            groups?: string[];
        };
        StepDefinition: {
            /** @description Id of the step within the scheme. */
            stepId: string;
            /** @description Display name, 1 to 100 characters. */
            name: string;
            approvers: components["schemas"]["ApproversDefinition"];
        };
        SchemeDefinition: {
            /** @description Display name, 1 to 100 characters. */
            name: string;
            /** @description The steps in their order; exactly one in this release. */
            steps: components["schemas"]["StepDefinition"][];
        };
        DirectoryPerson: {
            /** Format: uuid */
            userId: string;
            /** @description The display name; null for a user without one. */
            name: string | null;
            /** @description For admins and auditors; otherwise left out. */
            email?: string;
        };
        PersonPage: {
            /** @description Send it as `cursor` to get the next page; null on the last page. */
            cursor: string | null;
            items: components["schemas"]["DirectoryPerson"][];
        };
        Group: {
            name: string;
            /** @description Empty for a group without one. */
            description: string;
        };
        GroupPage: {
            /** @description Send it as `cursor` to get the next page; null on the last page. */
            cursor: string | null;
            items: components["schemas"]["Group"][];
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
                /** @description Maximum number of items on the page. */
                limit?: number;
                /** @description The `cursor` of the previous page; leave it out for the first page. */
                cursor?: string | null;
                /** @description `mine`: workflows that you created. `inbox`: workflows that wait for your decision, as a user or as a member of a group. `decided`: workflows that you approved or rejected, as they were last requested, the newest decision first. */
                view?: "mine" | "inbox" | "decided";
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
                     *           "workflowId": "01950000-0000-7000-8000-000000000001",
                     *           "scheme": "expense-report",
                     *           "schemeVersion": 1,
                     *           "title": "Train to Zürich",
                     *           "status": "PENDING",
                     *           "round": 1,
                     *           "stepId": "approval",
                     *           "approvers": {
                     *             "users": [
                     *               {
                     *                 "userId": "5f0c3f0e-8b5e-4a7e-9a57-0d6a3a6e2b11",
                     *                 "name": "Bo Lindqvist"
                     *               }
                     *             ],
                     *             "groups": [
                     *               "finance"
                     *             ]
                     *           },
                     *           "requester": {
                     *             "userId": "0b6f7c52-3f43-4c52-8a0e-7a4a5c1d9e01",
                     *             "name": "Rita Moreno"
                     *           },
                     *           "version": 1,
                     *           "preview": [
                     *             {
                     *               "name": "amount",
                     *               "value": "12.5"
                     *             },
                     *             {
                     *               "name": "currency",
                     *               "value": "CHF"
                     *             }
                     *           ],
                     *           "decidedBy": [],
                     *           "createdAt": "2026-03-02T12:00:00.000Z",
                     *           "updatedAt": "2026-03-02T12:00:00.000Z",
                     *           "allowedActions": []
                     *         }
                     *       ],
                     *       "cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["WorkflowPage"];
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
    createWorkflow: {
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
        /** @description At most 512 KB. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "actionType": "REQUEST",
                 *       "scheme": "expense-report",
                 *       "title": "Train to Zürich",
                 *       "data": {
                 *         "amount": 12.5,
                 *         "currency": "CHF"
                 *       },
                 *       "comment": "Customer visit"
                 *     }
                 */
                "application/json": components["schemas"]["CreateWorkflowRequest"];
            };
        };
        responses: {
            /** @description Created. */
            201: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    /** @description Version of the item, for `If-Match`. */
                    etag?: string;
                    /** @description Path of the new item. */
                    location?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workflowId": "01950000-0000-7000-8000-000000000001",
                     *       "scheme": "expense-report",
                     *       "schemeVersion": 1,
                     *       "title": "Train to Zürich",
                     *       "status": "PENDING",
                     *       "round": 1,
                     *       "stepId": "approval",
                     *       "approvers": {
                     *         "users": [
                     *           {
                     *             "userId": "5f0c3f0e-8b5e-4a7e-9a57-0d6a3a6e2b11",
                     *             "name": "Bo Lindqvist"
                     *           }
                     *         ],
                     *         "groups": [
                     *           "finance"
                     *         ]
                     *       },
                     *       "requester": {
                     *         "userId": "0b6f7c52-3f43-4c52-8a0e-7a4a5c1d9e01",
                     *         "name": "Rita Moreno"
                     *       },
                     *       "version": 1,
                     *       "preview": [
                     *         {
                     *           "name": "amount",
                     *           "value": "12.5"
                     *         },
                     *         {
                     *           "name": "currency",
                     *           "value": "CHF"
                     *         }
                     *       ],
                     *       "decidedBy": [],
                     *       "createdAt": "2026-03-02T12:00:00.000Z",
                     *       "updatedAt": "2026-03-02T12:00:00.000Z",
                     *       "allowedActions": [],
                     *       "data": {
                     *         "amount": 12.5,
                     *         "currency": "CHF"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Workflow"];
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
            /** @description Problem types: `/docs/problems/too-busy.md`. */
            409: {
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
                     *       "type": "/docs/problems/too-busy.md",
                     *       "title": "Too busy",
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
            /** @description Problem types: `/docs/problems/idempotency-key-reused.md`, `/docs/problems/no-such-scheme.md`. */
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
    performAction: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag that you last read. If the item has changed since, the response is 412.
                 * @example "3"
                 */
                "If-Match"?: string;
                /**
                 * @description A key of your own. A retry with the same key within 24 hours returns the first response.
                 * @example 4b1c0d6e-0f2a-4d0e-9d3b-2f6f1c1f9f10
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description Id of the workflow. */
                workflowId: string;
            };
            cookie?: never;
        };
        /** @description At most 512 KB. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "actionType": "APPROVE",
                 *       "comment": "Fine"
                 *     }
                 */
                "application/json": components["schemas"]["ActionRequest"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    /** @description Version of the item, for `If-Match`. */
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workflowId": "01950000-0000-7000-8000-000000000001",
                     *       "scheme": "expense-report",
                     *       "schemeVersion": 1,
                     *       "title": "Train to Zürich",
                     *       "status": "APPROVED",
                     *       "round": 1,
                     *       "stepId": "approval",
                     *       "approvers": {
                     *         "users": [
                     *           {
                     *             "userId": "5f0c3f0e-8b5e-4a7e-9a57-0d6a3a6e2b11",
                     *             "name": "Bo Lindqvist"
                     *           }
                     *         ],
                     *         "groups": [
                     *           "finance"
                     *         ]
                     *       },
                     *       "requester": {
                     *         "userId": "0b6f7c52-3f43-4c52-8a0e-7a4a5c1d9e01",
                     *         "name": "Rita Moreno"
                     *       },
                     *       "version": 2,
                     *       "preview": [
                     *         {
                     *           "name": "amount",
                     *           "value": "12.5"
                     *         },
                     *         {
                     *           "name": "currency",
                     *           "value": "CHF"
                     *         }
                     *       ],
                     *       "decidedBy": [
                     *         {
                     *           "userId": "5f0c3f0e-8b5e-4a7e-9a57-0d6a3a6e2b11",
                     *           "name": "Bo Lindqvist",
                     *           "actionType": "APPROVE",
                     *           "stepId": "approval",
                     *           "round": 1,
                     *           "at": "2026-03-02T12:05:00.000Z"
                     *         }
                     *       ],
                     *       "createdAt": "2026-03-02T12:00:00.000Z",
                     *       "updatedAt": "2026-03-02T12:05:00.000Z",
                     *       "allowedActions": [],
                     *       "data": {
                     *         "amount": 12.5,
                     *         "currency": "CHF"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Workflow"];
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
            /** @description Problem types: `/docs/problems/id-token-required.md`, `/docs/problems/not-an-approver.md`, `/docs/problems/not-the-requester.md`, `/docs/problems/own-request.md`. */
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
            /** @description Problem types: `/docs/problems/already-approved.md`, `/docs/problems/already-pending.md`, `/docs/problems/content-erased.md`, `/docs/problems/not-pending.md`, `/docs/problems/too-busy.md`. */
            409: {
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
                     *       "type": "/docs/problems/already-approved.md",
                     *       "title": "Already approved",
                     *       "status": 409,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/version-stale.md`. */
            412: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/version-stale.md",
                     *       "title": "Version stale",
                     *       "status": 412,
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
            /** @description Problem types: `/docs/problems/comment-missing.md`, `/docs/problems/idempotency-key-reused.md`. */
            422: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/comment-missing.md",
                     *       "title": "Comment missing",
                     *       "status": 422,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/precondition-required.md`. */
            428: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/precondition-required.md",
                     *       "title": "Precondition required",
                     *       "status": 428,
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
    getWorkflow: {
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
                    /** @description Version of the item, for `If-Match`. */
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "workflowId": "01950000-0000-7000-8000-000000000001",
                     *       "scheme": "expense-report",
                     *       "schemeVersion": 1,
                     *       "title": "Train to Zürich",
                     *       "status": "PENDING",
                     *       "round": 1,
                     *       "stepId": "approval",
                     *       "approvers": {
                     *         "users": [
                     *           {
                     *             "userId": "5f0c3f0e-8b5e-4a7e-9a57-0d6a3a6e2b11",
                     *             "name": "Bo Lindqvist"
                     *           }
                     *         ],
                     *         "groups": [
                     *           "finance"
                     *         ]
                     *       },
                     *       "requester": {
                     *         "userId": "0b6f7c52-3f43-4c52-8a0e-7a4a5c1d9e01",
                     *         "name": "Rita Moreno"
                     *       },
                     *       "version": 1,
                     *       "preview": [
                     *         {
                     *           "name": "amount",
                     *           "value": "12.5"
                     *         },
                     *         {
                     *           "name": "currency",
                     *           "value": "CHF"
                     *         }
                     *       ],
                     *       "decidedBy": [],
                     *       "createdAt": "2026-03-02T12:00:00.000Z",
                     *       "updatedAt": "2026-03-02T12:00:00.000Z",
                     *       "allowedActions": [],
                     *       "data": {
                     *         "amount": 12.5,
                     *         "currency": "CHF"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Workflow"];
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
    getHistory: {
        parameters: {
            query?: {
                /** @description Maximum number of items on the page. */
                limit?: number;
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
                     *       "items": [
                     *         {
                     *           "eventId": "01950000-0000-7000-8000-00000000000e",
                     *           "sequence": 1,
                     *           "version": 1,
                     *           "actionType": "REQUEST",
                     *           "outcome": "PENDING",
                     *           "round": 1,
                     *           "stepId": "approval",
                     *           "actionOwner": {
                     *             "type": "user",
                     *             "id": "0b6f7c52-3f43-4c52-8a0e-7a4a5c1d9e01",
                     *             "name": "Rita Moreno"
                     *           },
                     *           "title": "Train to Zürich",
                     *           "comment": "Customer visit",
                     *           "occurredAt": "2026-03-02T12:00:00.000Z",
                     *           "hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                     *           "previousHash": "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"
                     *         }
                     *       ],
                     *       "cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["HistoryPage"];
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
    getRounds: {
        parameters: {
            query?: {
                /** @description Maximum number of items on the page. */
                limit?: number;
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
                     *       "items": [
                     *         {
                     *           "round": 1,
                     *           "version": 1,
                     *           "requestedAt": "2026-03-02T12:00:00.000Z",
                     *           "requestedBy": {
                     *             "userId": "0b6f7c52-3f43-4c52-8a0e-7a4a5c1d9e01",
                     *             "name": "Rita Moreno"
                     *           },
                     *           "title": "Train to Zürich",
                     *           "data": {
                     *             "amount": 12.5,
                     *             "currency": "CHF"
                     *           }
                     *         }
                     *       ],
                     *       "cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["RoundPage"];
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
    listSchemes: {
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
                     *           "schemeId": "expense-report",
                     *           "version": 1,
                     *           "name": "Expense report",
                     *           "steps": [
                     *             {
                     *               "stepId": "approval",
                     *               "name": "Approval",
                     *               "approvers": {
                     *                 "users": [
                     *                   {
                     *                     "userId": "5f0c3f0e-8b5e-4a7e-9a57-0d6a3a6e2b11",
                     *                     "name": "Bo Lindqvist"
                     *                   }
                     *                 ],
                     *                 "groups": [
                     *                   "finance"
                     *                 ]
                     *               }
                     *             }
                     *           ],
                     *           "createdAt": "2026-03-01T08:00:00.000Z",
                     *           "createdBy": {
                     *             "userId": "c2f6e1de-1d2b-4a64-9a51-6a9f0f4a1c02",
                     *             "name": "Adam Novak"
                     *           }
                     *         }
                     *       ],
                     *       "cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["SchemePage"];
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
    getScheme: {
        parameters: {
            query?: {
                /** @description A version of the scheme; leave it out for the newest. */
                version?: number | null;
            };
            header?: never;
            path: {
                /** @description Id of the scheme, such as `expense-report`. */
                schemeId: string;
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
                    /** @description Version of the item, for `If-Match`. */
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "schemeId": "expense-report",
                     *       "version": 1,
                     *       "name": "Expense report",
                     *       "steps": [
                     *         {
                     *           "stepId": "approval",
                     *           "name": "Approval",
                     *           "approvers": {
                     *             "users": [
                     *               {
                     *                 "userId": "5f0c3f0e-8b5e-4a7e-9a57-0d6a3a6e2b11",
                     *                 "name": "Bo Lindqvist"
                     *               }
                     *             ],
                     *             "groups": [
                     *               "finance"
                     *             ]
                     *           }
                     *         }
                     *       ],
                     *       "createdAt": "2026-03-01T08:00:00.000Z",
                     *       "createdBy": {
                     *         "userId": "c2f6e1de-1d2b-4a64-9a51-6a9f0f4a1c02",
                     *         "name": "Adam Novak"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Scheme"];
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
    putScheme: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description The ETag that you last read. If the item has changed since, the response is 412.
                 * @example "3"
                 */
                "If-Match"?: string;
            };
            path: {
                /** @description Id of the scheme, such as `expense-report`. */
                schemeId: string;
            };
            cookie?: never;
        };
        /** @description At most 256 KB. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Expense report",
                 *       "steps": [
                 *         {
                 *           "stepId": "approval",
                 *           "name": "Approval",
                 *           "approvers": {
                 *             "users": [
                 *               "5f0c3f0e-8b5e-4a7e-9a57-0d6a3a6e2b11"
                 *             ],
                 *             "groups": [
                 *               "finance"
                 *             ]
                 *           }
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["SchemeDefinition"];
            };
        };
        responses: {
            /** @description OK. */
            200: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    /** @description Version of the item, for `If-Match`. */
                    etag?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "schemeId": "expense-report",
                     *       "version": 1,
                     *       "name": "Expense report",
                     *       "steps": [
                     *         {
                     *           "stepId": "approval",
                     *           "name": "Approval",
                     *           "approvers": {
                     *             "users": [
                     *               {
                     *                 "userId": "5f0c3f0e-8b5e-4a7e-9a57-0d6a3a6e2b11",
                     *                 "name": "Bo Lindqvist"
                     *               }
                     *             ],
                     *             "groups": [
                     *               "finance"
                     *             ]
                     *           }
                     *         }
                     *       ],
                     *       "createdAt": "2026-03-01T08:00:00.000Z",
                     *       "createdBy": {
                     *         "userId": "c2f6e1de-1d2b-4a64-9a51-6a9f0f4a1c02",
                     *         "name": "Adam Novak"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Scheme"];
                };
            };
            /** @description Created. */
            201: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    /** @description Version of the item, for `If-Match`. */
                    etag?: string;
                    /** @description Path of the new item. */
                    location?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "schemeId": "expense-report",
                     *       "version": 1,
                     *       "name": "Expense report",
                     *       "steps": [
                     *         {
                     *           "stepId": "approval",
                     *           "name": "Approval",
                     *           "approvers": {
                     *             "users": [
                     *               {
                     *                 "userId": "5f0c3f0e-8b5e-4a7e-9a57-0d6a3a6e2b11",
                     *                 "name": "Bo Lindqvist"
                     *               }
                     *             ],
                     *             "groups": [
                     *               "finance"
                     *             ]
                     *           }
                     *         }
                     *       ],
                     *       "createdAt": "2026-03-01T08:00:00.000Z",
                     *       "createdBy": {
                     *         "userId": "c2f6e1de-1d2b-4a64-9a51-6a9f0f4a1c02",
                     *         "name": "Adam Novak"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Scheme"];
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
            /** @description Problem types: `/docs/problems/too-busy.md`. */
            409: {
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
                     *       "type": "/docs/problems/too-busy.md",
                     *       "title": "Too busy",
                     *       "status": 409,
                     *       "detail": "A sentence about this occurrence.",
                     *       "instance": "urn:countersign:request:JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Problem types: `/docs/problems/version-stale.md`. */
            412: {
                headers: {
                    /** @description Appears in logs and events: the `x-correlation-id` of the request, or the request id. */
                    "x-correlation-id"?: string;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "type": "/docs/problems/version-stale.md",
                     *       "title": "Version stale",
                     *       "status": 412,
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
    listPeople: {
        parameters: {
            query?: {
                /** @description Maximum number of items on the page. */
                limit?: number;
                /** @description The `cursor` of the previous page; leave it out for the first page. */
                cursor?: string | null;
                /** @description How a name or an e-mail address starts, 1 to 100 characters. Leave it out for all people, which only admins can list. */
                query?: string | null;
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
                     *           "userId": "5f0c3f0e-8b5e-4a7e-9a57-0d6a3a6e2b11",
                     *           "name": "Bo Lindqvist",
                     *           "email": "bo@example.com"
                     *         }
                     *       ],
                     *       "cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["PersonPage"];
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
            /** @description Problem types: `/docs/problems/people-unavailable.md`. */
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
                     *       "type": "/docs/problems/people-unavailable.md",
                     *       "title": "People unavailable",
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
    getPerson: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description Id of the user. */
                userId: string;
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
                     *       "userId": "5f0c3f0e-8b5e-4a7e-9a57-0d6a3a6e2b11",
                     *       "name": "Bo Lindqvist",
                     *       "email": "bo@example.com"
                     *     }
                     */
                    "application/json": components["schemas"]["DirectoryPerson"];
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
            /** @description Problem types: `/docs/problems/people-unavailable.md`. */
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
                     *       "type": "/docs/problems/people-unavailable.md",
                     *       "title": "People unavailable",
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
    listGroups: {
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
                     *           "name": "finance",
                     *           "description": "Approves expenses"
                     *         }
                     *       ],
                     *       "cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["GroupPage"];
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
            /** @description Problem types: `/docs/problems/people-unavailable.md`. */
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
                     *       "type": "/docs/problems/people-unavailable.md",
                     *       "title": "People unavailable",
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
    listGroupMembers: {
        parameters: {
            query?: {
                /** @description Maximum number of items on the page. */
                limit?: number;
                /** @description The `cursor` of the previous page; leave it out for the first page. */
                cursor?: string | null;
                /** @description Id of a scheme whose newest version has the group among its approvers. Users who are not admins must name one. */
                scheme?: string | null;
            };
            header?: never;
            path: {
                /** @description Name of the group. */
                name: string;
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
                     *       "items": [
                     *         {
                     *           "userId": "5f0c3f0e-8b5e-4a7e-9a57-0d6a3a6e2b11",
                     *           "name": "Bo Lindqvist",
                     *           "email": "bo@example.com"
                     *         }
                     *       ],
                     *       "cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["PersonPage"];
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
            /** @description Problem types: `/docs/problems/people-unavailable.md`, `/docs/problems/store-unavailable.md`. */
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
                     *       "type": "/docs/problems/people-unavailable.md",
                     *       "title": "People unavailable",
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
    health: {
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
                     *       "status": "ok"
                     *     }
                     */
                    "application/json": components["schemas"]["Health"];
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
