import createClient, { type Client, type Middleware } from 'openapi-fetch';
import type { paths as AuditPaths } from './generated/audit';
import type { paths as NotificationsPaths } from './generated/notifications';
import type { paths as WorkflowPaths } from './generated/workflow';
import { problemFromResponse, RequestTimeoutError, toProblem } from './problem';

/** The three services behind the HTTP API, each with the types of its own openapi.json. */
export interface Api {
  workflow: Client<WorkflowPaths>;
  audit: Client<AuditPaths>;
  notifications: Client<NotificationsPaths>;
}

/** The limit for one call, including the token refresh. API Gateway itself stops after 30 seconds. */
export const REQUEST_TIMEOUT_MS = 30_000;

/** A signal that aborts when the time limit for a call is reached. */
function requestDeadline(): AbortSignal {
  const controller = new AbortController();
  setTimeout(() => controller.abort(new RequestTimeoutError('No response in time.')), REQUEST_TIMEOUT_MS);
  return controller.signal;
}

function rejectOnAbort<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    promise.then(resolve, reject);
  });
}

/** Create clients that send a valid ID token with every request, and call `onUnauthorized` for a 401 response. */
export function createApi(
  apiUrl: string,
  getIdToken: () => Promise<string>,
  onUnauthorized: () => void,
): Api {
  const authorization: Middleware = {
    async onRequest({ request }) {
      // The limit starts before the token: after a failure is reported, the request must not be sent anymore.
      const signal = requestDeadline();
      const token = await rejectOnAbort(getIdToken(), signal);
      request.headers.set('authorization', `Bearer ${token}`);
      return new Request(request, { signal });
    },
    onResponse({ response }) {
      if (response.status === 401) onUnauthorized();
    },
  };
  const api: Api = {
    workflow: createClient<WorkflowPaths>({ baseUrl: apiUrl }),
    audit: createClient<AuditPaths>({ baseUrl: apiUrl }),
    notifications: createClient<NotificationsPaths>({ baseUrl: apiUrl }),
  };
  for (const client of Object.values(api) as Client<object>[]) client.use(authorization);
  return api;
}

interface CallResult<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** Return the decoded body and the response of a successful call. Throws ProblemError for all others. */
export async function unwrapResponse<Data>(
  call: Promise<CallResult<Data>>,
): Promise<{ data: NonNullable<Data>; response: Response }> {
  let result: CallResult<Data>;
  try {
    result = await call;
  } catch (error) {
    throw toProblem(error);
  }
  if (!result.response.ok || result.data === undefined || result.data === null) {
    throw problemFromResponse(result.response, result.error);
  }
  return { data: result.data, response: result.response };
}

/** Wait for a successful call without a body. Throws ProblemError for all others. */
export async function expectSuccess(call: Promise<CallResult<unknown>>): Promise<void> {
  try {
    const { response, error } = await call;
    if (!response.ok) throw problemFromResponse(response, error);
  } catch (error) {
    throw toProblem(error);
  }
}

/** Return the decoded body of a successful call. Throws ProblemError for all others. */
export async function unwrapData<Data>(call: Promise<CallResult<Data>>): Promise<NonNullable<Data>> {
  return (await unwrapResponse(call)).data;
}
