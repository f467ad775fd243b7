// Generated from services/notifications/openapi.json by `npm run generate`. Do not edit.

export interface paths {
    "/notifications": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the caller's notifications, newest first. */
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
        /** Mark one of the caller's notifications as read or unread. */
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
        /** Mark the caller's unread notifications as read, up to 500 in one call. */
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
        /** Get credentials for listening to the caller's notifications, for an hour at most. */
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
        Person: {
            /** Format: uuid */
            userId: string;
            name: string;
        };
        Notification: {
            /** Format: uuid */
            notificationId: string;
            /** Format: uuid */
            recipient: string;
            /** @enum {string} */
            type: "APPROVAL_REQUESTED" | "APPROVED" | "REJECTED";
            /** Format: uuid */
            workflowId: string;
            title: string;
            scheme: string;
            stepId: string | null;
            round: number;
            sequence: number;
            /** @enum {string} */
            actionType: "SAVE" | "REQUEST" | "APPROVE" | "REJECT";
            /** @enum {string} */
            outcome: "DRAFT" | "PENDING" | "APPROVED" | "REJECTED";
            actionOwner: components["schemas"]["Person"];
            comment: string | null;
            /** Format: date-time */
            occurredAt: string;
            /** Format: date-time */
            createdAt: string;
            read: boolean;
            correlationId: string;
        };
        NotificationPage: {
            items: components["schemas"]["Notification"][];
            /** @description Unread notifications of the whole inbox; counted up to 1,000. */
            unreadCount: number;
            cursor: string | null;
        };
        Mark: {
            read: boolean;
        };
        MarkAll: {
            /**
             * Format: date-time
             * @description Up to and including this instant; without it, all that are unread now.
             */
            before?: string;
        };
        Marked: {
            /** @description At most 500; ask again when there were more. */
            marked: number;
        };
        SessionRequest: Record<string, never>;
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
            /** @description That the connection is signed for. */
            region: string;
            /** @description The one topic that may be subscribed to. */
            topic: string;
            /** @description What the client id must begin with. */
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
                status?: "unread" | "all";
                limit?: number;
                cursor?: string;
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
                    "application/json": components["schemas"]["NotificationPage"];
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
    markNotification: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                notificationId: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Mark"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Notification"];
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
    markAllNotifications: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["MarkAll"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Marked"];
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
    openSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SessionRequest"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
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
