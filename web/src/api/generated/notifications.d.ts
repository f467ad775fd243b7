// Generated from services/notifications/openapi.json by `npm run generate`. Do not edit.

export interface paths {
    "/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List your notifications, newest first.
         * @description With `status=unread` a page may have fewer than `limit` items although there are more: follow `cursor` until it is
         *     null. A notification that you marked a moment ago may still be listed as it was.
         */
        get: operations["listNotifications"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notifications/{notificationId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Mark one of your notifications as read or unread.
         * @description Repeating the request has no further effect.
         */
        patch: operations["markNotification"];
        trace?: never;
    };
    "/notifications/mark-all": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Mark your unread notifications as read, newest first, at most 500 per request.
         * @description Notifications that arrive after the request stay unread. With `workflowId`, only the notifications of that workflow
         *     are marked. The body is optional.
         */
        post: operations["markAllNotifications"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/notifications/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get credentials that receive your notifications over MQTT, for one hour.
         * @description Connect to `endpoint` with MQTT over WebSocket, signed with `credentials`, and subscribe to `topic`. Messages are
         *     JSON objects with a `messageType`:
         *
         *     - `notification`: a notification for you, with `notificationId` and `notification`.
         *     - `changed`: a workflow that you take part in has changed, with `workflowId`, `version` and `occurredAt`. Get what
         *       you show of it again.
         *
         *     Ignore other types. Messages may arrive more than once and out of order: drop notifications whose `notificationId`
         *     you have, and versions that you have seen. `changed` may be lost: after each connect, also list the notifications
         *     and workflows. The body is optional.
         */
        post: operations["openSession"];
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
        ActionOwner: {
            /** @description `user`, `machine` or `system`. */
            type: string;
            /** @description Of a user: the user id. */
            id: string;
            /** @description Display name; empty once erased. */
            name: string;
            /** @description True if the name was erased; otherwise left out. */
            erased?: boolean;
        };
        Resolution: {
            /** @description Such as `APPROVE`, or `REQUEST` for a newer request. Clients must accept names that they don't know. */
            actionType: string;
            /** @description Who acted. */
            by: components["schemas"]["ActionOwner"];
            /** Format: date-time */
            at: string;
        };
        Notification: {
            /** Format: uuid */
            notificationId: string;
            /**
             * Format: uuid
             * @description The caller's user id.
             */
            recipient: string;
            /** @enum {string} */
            type: "APPROVAL_REQUESTED" | "APPROVED" | "REJECTED";
            /** Format: uuid */
            workflowId: string;
            /** @description Empty once erased. */
            title: string;
            /** @description True if title and comment were erased; otherwise left out. */
            contentErased?: boolean;
            scheme: string;
            stepId: string | null;
            round: number;
            /** @description Position of the action in the workflow's history. */
            sequence: number;
            /** @description What was done, such as `REQUEST`. Clients must accept names that they don't know. */
            actionType: string;
            /** @description Status of the workflow after the action, such as `PENDING`. Clients must accept names that they don't know. */
            outcome: string;
            actionOwner: components["schemas"]["ActionOwner"];
            /** @description Null once erased. */
            comment: string | null;
            /**
             * Format: date-time
             * @description When the action happened.
             */
            occurredAt: string;
            /**
             * Format: date-time
             * @description When the notification was created.
             */
            createdAt: string;
            /** @description Whether it was marked as read. A resolved notification is read. */
            read: boolean;
            /** @description What ended the request for approval, such as another approver's decision. Null if it is pending, and for other types. */
            resolution: components["schemas"]["Resolution"] | (never | null);
            /** @description Of the request that caused the notification. */
            correlationId: string;
        };
        NotificationPage: {
            /** @description Send it as `cursor` to get the next page; null on the last page. */
            cursor: string | null;
            items: components["schemas"]["Notification"][];
            /** @description Unread notifications of the caller, on all pages; counted up to 1,000. */
            unreadCount: number;
        };
        MarkRequest: {
            /** @description true marks the notification as read, false as unread. */
            read: boolean;
        };
        MarkAllRequest: {
            /**
             * Format: date-time
             * @description Mark notifications that were created at this time or before. Default: the current time.
             */
            before?: string;
            /**
             * Format: uuid
             * @description Mark only notifications of this workflow. Default: of all.
             */
            workflowId?: string;
        };
        MarkAllResult: {
            /** @description At most 500. If it is 500, there may be more: send the request again. */
            marked: number;
        };
        SessionRequest: Record<string, unknown>;
        Credentials: {
            accessKeyId: string;
            secretAccessKey: string;
            sessionToken: string;
            /** Format: date-time */
            expiration: string;
        };
        Session: {
            /** @description Host, or host:port, for MQTT over WebSocket. */
            endpoint: string;
            /** @description AWS region that the connection is signed for. */
            region: string;
            /** @description The one topic that the client can subscribe to. */
            topic: string;
            /** @description What the MQTT client id must start with. */
            clientIdPrefix: string;
            credentials: components["schemas"]["Credentials"];
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
    listNotifications: {
        parameters: {
            query?: {
                /** @description Maximum number of items on the page. */
                limit?: number;
                /** @description The `cursor` of the previous page; leave it out for the first page. */
                cursor?: string | null;
                /** @description Which notifications are listed. */
                status?: "unread" | "all";
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
                     *           "notificationId": "6ff2c1a4-5d0e-5b6e-9a39-0f5b8c8f2a11",
                     *           "recipient": "3d1f0c52-7f0a-4f0e-8a53-1c2d7a6b9e01",
                     *           "type": "APPROVAL_REQUESTED",
                     *           "workflowId": "01935f2e-8a4b-7c3d-9e1f-2a3b4c5d6e7f",
                     *           "title": "Three laptops for the new team",
                     *           "scheme": "purchase",
                     *           "stepId": "manager",
                     *           "round": 1,
                     *           "sequence": 2,
                     *           "actionType": "REQUEST",
                     *           "outcome": "PENDING",
                     *           "actionOwner": {
                     *             "type": "user",
                     *             "id": "b7a9c0de-1234-4f56-8abc-9def01234567",
                     *             "name": "Rana Haddad"
                     *           },
                     *           "comment": "Needed by March.",
                     *           "occurredAt": "2026-01-31T09:00:00.000Z",
                     *           "createdAt": "2026-01-31T09:00:00.412Z",
                     *           "read": false,
                     *           "resolution": null,
                     *           "correlationId": "JKJaXmPLvHcESHA="
                     *         },
                     *         {
                     *           "notificationId": "0b8a6a5e-58a3-5b0e-8d53-3a5f1f0c7d42",
                     *           "recipient": "3d1f0c52-7f0a-4f0e-8a53-1c2d7a6b9e01",
                     *           "type": "APPROVAL_REQUESTED",
                     *           "workflowId": "01935f2d-8a4b-7c3d-9e1f-2a3b4c5d6e7f",
                     *           "title": "A new chair",
                     *           "scheme": "purchase",
                     *           "stepId": "manager",
                     *           "round": 1,
                     *           "sequence": 2,
                     *           "actionType": "REQUEST",
                     *           "outcome": "PENDING",
                     *           "actionOwner": {
                     *             "type": "user",
                     *             "id": "b7a9c0de-1234-4f56-8abc-9def01234567",
                     *             "name": "Rana Haddad"
                     *           },
                     *           "comment": null,
                     *           "occurredAt": "2026-01-31T09:00:00.000Z",
                     *           "createdAt": "2026-01-31T09:00:00.412Z",
                     *           "read": true,
                     *           "resolution": {
                     *             "actionType": "APPROVE",
                     *             "by": {
                     *               "type": "user",
                     *               "id": "5f0c3f0e-8b5e-4a7e-9a57-0d6a3a6e2b11",
                     *               "name": "Bo Lindqvist"
                     *             },
                     *             "at": "2026-01-31T09:20:00.000Z"
                     *           },
                     *           "correlationId": "JKJaXmPLvHcESHA="
                     *         }
                     *       ],
                     *       "unreadCount": 1,
                     *       "cursor": null
                     *     }
                     */
                    "application/json": components["schemas"]["NotificationPage"];
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
    markNotification: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                notificationId: string;
            };
            cookie?: never;
        };
        /** @description At most 256 KB. */
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "read": true
                 *     }
                 */
                "application/json": components["schemas"]["MarkRequest"];
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
                     *       "notificationId": "6ff2c1a4-5d0e-5b6e-9a39-0f5b8c8f2a11",
                     *       "recipient": "3d1f0c52-7f0a-4f0e-8a53-1c2d7a6b9e01",
                     *       "type": "APPROVAL_REQUESTED",
                     *       "workflowId": "01935f2e-8a4b-7c3d-9e1f-2a3b4c5d6e7f",
                     *       "title": "Three laptops for the new team",
                     *       "scheme": "purchase",
                     *       "stepId": "manager",
                     *       "round": 1,
                     *       "sequence": 2,
                     *       "actionType": "REQUEST",
                     *       "outcome": "PENDING",
                     *       "actionOwner": {
                     *         "type": "user",
                     *         "id": "b7a9c0de-1234-4f56-8abc-9def01234567",
                     *         "name": "Rana Haddad"
                     *       },
                     *       "comment": "Needed by March.",
                     *       "occurredAt": "2026-01-31T09:00:00.000Z",
                     *       "createdAt": "2026-01-31T09:00:00.412Z",
                     *       "read": true,
                     *       "resolution": null,
                     *       "correlationId": "JKJaXmPLvHcESHA="
                     *     }
                     */
                    "application/json": components["schemas"]["Notification"];
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
    markAllNotifications: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 256 KB. */
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "before": "2026-01-31T09:00:00.412Z",
                 *       "workflowId": "01935f2e-8a4b-7c3d-9e1f-2a3b4c5d6e7f"
                 *     }
                 */
                "application/json": components["schemas"]["MarkAllRequest"];
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
                     *       "marked": 3
                     *     }
                     */
                    "application/json": components["schemas"]["MarkAllResult"];
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
    openSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description At most 256 KB. */
        requestBody?: {
            content: {
                /** @example {} */
                "application/json": components["schemas"]["SessionRequest"];
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
                     *       "endpoint": "a1b2c3d4e5f6g7-ats.iot.eu-central-1.amazonaws.com",
                     *       "region": "eu-central-1",
                     *       "topic": "notifications-3d1f0c52-7f0a-4f0e-8a53-1c2d7a6b9e01",
                     *       "clientIdPrefix": "3d1f0c52-7f0a-4f0e-8a53-1c2d7a6b9e01-",
                     *       "credentials": {
                     *         "accessKeyId": "ASIAIOSFODNN7EXAMPLE",
                     *         "secretAccessKey": "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
                     *         "sessionToken": "IQoJb3JpZ2luX2VjEXAMPLE",
                     *         "expiration": "2026-01-31T10:00:00.000Z"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["Session"];
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
            /** @description Problem types: `/docs/problems/id-token-required.md`, `/docs/problems/no-realtime-for-this-user.md`. */
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
