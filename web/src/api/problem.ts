import i18next from 'i18next';
import en from './messages/en';

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

// What replaces the titles and details that the service has for developers, so that users get the next step.
function userMessage(status: number, code: string): { title: string; detail: string } | undefined {
  if (status === 401) return i18next.t('api:sessionEnded', { returnObjects: true });
  if (status === 429) return i18next.t('api:tooManyRequests', { returnObjects: true });
  if (isKnown(code)) return i18next.t(`api:problems.${code}`, { returnObjects: true });
  return status === 412 ? i18next.t('api:changed', { returnObjects: true }) : undefined;
}

const isKnown = (code: string): code is keyof typeof en.problems => Object.hasOwn(en.problems, code);

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
  const code = problemCode(asText(fields.type));
  const message = userMessage(response.status, code);
  return new ProblemError({
    status: response.status,
    code,
    title: message?.title ?? (asText(fields.title) || i18next.t('api:status', { status: response.status })),
    detail: (message?.detail ?? '') || asText(fields.detail),
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

// What `import()` says in Chromium, Firefox and Safari if a file of the console is missing.
const FILES_MISSING = /dynamically imported module|importing a module script failed/i;

// What `fetch` says in Chromium, Safari and Firefox. Any other TypeError is a bug.
const FETCH_FAILURE = /^(failed to fetch|load failed|networkerror)/i;

/** Whether the error means that no response arrived. Covers `fetch` and the errors of the identity provider's client. */
export function isNetworkError(error: unknown): boolean {
  if (error instanceof RequestTimeoutError) return true;
  if (error instanceof TypeError) return FETCH_FAILURE.test(error.message);
  return error instanceof Error && (error.name === 'NetworkError' || /network/i.test(error.message));
}

/** Convert any error to a ProblemError, so that every failure can be shown the same way. */
export function toProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  const detail = i18next.t('api:checkConnection');
  if (error instanceof RequestTimeoutError) {
    return new ProblemError({ status: 0, title: i18next.t('api:timeout'), detail });
  }
  if (error instanceof TypeError && FILES_MISSING.test(error.message)) {
    const { title, detail } = i18next.t('api:filesMissing', { returnObjects: true });
    return new ProblemError({ status: 0, title, detail });
  }
  if (isNetworkError(error)) {
    return new ProblemError({ status: 0, title: i18next.t('api:noConnection'), detail });
  }
  const message = error instanceof Error ? error.message : String(error);
  return new ProblemError({
    status: 0,
    title: i18next.t('api:bug.title'),
    detail: i18next.t('api:bug.detail', { message }),
  });
}
