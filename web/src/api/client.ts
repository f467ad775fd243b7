import createClient, { type Client, type Middleware } from 'openapi-fetch';
import type { paths as AuditPaths } from './generated/audit';
import type { paths as NotificationsPaths } from './generated/notifications';
import type { paths as WorkflowPaths } from './generated/workflow';
import { toProblem, problemFromResponse } from './problem';

/** The three services behind the one HTTP API, each with the types of its own openapi.json. */
export interface Api {
  workflow: Client<WorkflowPaths>;
  audit: Client<AuditPaths>;
  notifications: Client<NotificationsPaths>;
}

/** Clients that put a fresh ID token on every request, and tell when it is refused. */
export function createApi(apiUrl: string, idToken: () => Promise<string>, onRefused: () => void): Api {
  const bearer: Middleware = {
    async onRequest({ request }) {
      request.headers.set('authorization', `Bearer ${await idToken()}`);
      return request;
    },
    onResponse({ response }) {
      if (response.status === 401) onRefused();
    },
  };
  const api: Api = {
    workflow: createClient<WorkflowPaths>({ baseUrl: apiUrl }),
    audit: createClient<AuditPaths>({ baseUrl: apiUrl }),
    notifications: createClient<NotificationsPaths>({ baseUrl: apiUrl }),
  };
  for (const client of Object.values(api) as Client<object>[]) client.use(bearer);
  return api;
}

interface Outcome<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** The decoded body and the response of a call that succeeded. Raises Problem when it did not. */
export async function unwrapResponse<Data>(
  call: Promise<Outcome<Data>>,
): Promise<{ data: NonNullable<Data>; response: Response }> {
  let outcome: Outcome<Data>;
  try {
    outcome = await call;
  } catch (error) {
    throw toProblem(error);
  }
  if (!outcome.response.ok || outcome.data === undefined || outcome.data === null) {
    throw problemFromResponse(outcome.response, outcome.error);
  }
  return { data: outcome.data, response: outcome.response };
}

/** The decoded body of a call that succeeded. Raises Problem when it did not. */
export async function unwrapData<Data>(call: Promise<Outcome<Data>>): Promise<NonNullable<Data>> {
  return (await unwrapResponse(call)).data;
}
