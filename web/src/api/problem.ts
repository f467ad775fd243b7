/** What is wrong with one field of a request. */
export interface FieldError {
  in: string;
  /** RFC 6901 pointer into the request body. */
  pointer: string;
  detail: string;
}

interface ProblemFields {
  /** HTTP status; 0 if no response arrived. */
  status: number;
  /** What the problem type names, for example `version-stale`; empty if Countersign doesn't define the type. */
  code?: string;
  title: string;
  detail?: string;
  fieldErrors?: FieldError[];
  /** The correlation ID to quote to support; empty if unknown. */
  reference?: string;
}

/** A failed API call: the RFC 9457 problem details of the response, or status 0 if no response arrived. */
export class ProblemError extends Error {
  override name = 'ProblemError';
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
  readonly fieldErrors: FieldError[];
  readonly reference: string;

  constructor({ status, code = '', title, detail = '', fieldErrors = [], reference = '' }: ProblemFields) {
    super(detail || title);
    this.status = status;
    this.code = code;
    this.title = title;
    this.detail = detail;
    this.fieldErrors = fieldErrors;
    this.reference = reference;
  }

  /** Return what is wrong with the field at a pointer and with everything below it, or undefined. */
  errorAt(pointer: string): string | undefined {
    const matches = this.fieldErrors.filter(
      (error) => error.pointer === pointer || error.pointer.startsWith(`${pointer}/`),
    );
    return matches.length > 0 ? matches.map((error) => error.detail).join(' ') : undefined;
  }
}

// These replace the details that the service has for developers, so that users get the next step.
const USER_MESSAGES: Record<number, { title: string; detail: string }> = {
  401: { title: 'Your session has ended', detail: 'Sign in again to continue.' },
  412: {
    title: 'This workflow has changed',
    detail: 'Someone else updated it while you were working. Review the latest version, then try again.',
  },
  429: { title: 'Too many requests', detail: 'Wait a moment, then try again.' },
};

// `/docs/problems/<code>.md`, on any host.
const PROBLEM_TYPE = /\/docs\/problems\/([a-z0-9-]+)\.md$/;

/** Return the code that a problem `type` names, or an empty string for a type that Countersign doesn't define. */
export const problemCode = (type: string): string => PROBLEM_TYPE.exec(type)?.[1] ?? '';

const asText = (value: unknown): string => (typeof value === 'string' ? value : '');

function parseFieldErrors(errors: unknown): FieldError[] {
  if (!Array.isArray(errors)) return [];
  return errors
    .filter((entry): entry is Record<string, unknown> => typeof entry === 'object' && entry !== null)
    .map((entry) => ({ in: asText(entry.in), pointer: asText(entry.pointer), detail: asText(entry.detail) }));
}

/** Convert an error response and its decoded body to a ProblemError. */
export function problemFromResponse(response: Response, body: unknown): ProblemError {
  const fields = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const message = USER_MESSAGES[response.status];
  return new ProblemError({
    status: response.status,
    code: problemCode(asText(fields.type)),
    title: message?.title ?? (asText(fields.title) || `The service returned status ${response.status}`),
    detail: message?.detail ?? asText(fields.detail),
    fieldErrors: message ? [] : parseFieldErrors(fields.errors),
    reference: response.headers.get('x-correlation-id') ?? '',
  });
}

/** Whether the service might have processed the request although the console got no usable response. */
export const isOutcomeUnknown = ({ status }: ProblemError): boolean => status === 0 || status >= 500;

/** Whether the same request might succeed later. */
export const isRetryable = (problem: ProblemError): boolean =>
  isOutcomeUnknown(problem) || problem.status === 429 || problem.code === 'too-busy';

/** No response arrived within the time limit. */
export class RequestTimeoutError extends Error {
  override name = 'RequestTimeoutError';
}

/** Whether the error means that no response arrived. Covers `fetch` and the errors of the Cognito client. */
export function isNetworkError(error: unknown): boolean {
  if (error instanceof TypeError || error instanceof RequestTimeoutError) return true;
  const { name = '', message = '' } = (error ?? {}) as { name?: string; message?: string };
  return name === 'NetworkError' || /network/i.test(message);
}

/** Convert any error to a ProblemError, so that every failure can be shown the same way. */
export function toProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  const detail = 'Check your connection, then try again.';
  if (error instanceof RequestTimeoutError) {
    return new ProblemError({ status: 0, title: 'Countersign is taking too long to respond', detail });
  }
  if (isNetworkError(error)) {
    return new ProblemError({ status: 0, title: "Can't connect to Countersign", detail });
  }
  return new ProblemError({
    status: 0,
    title: 'Something went wrong',
    detail: error instanceof Error ? error.message : '',
  });
}
