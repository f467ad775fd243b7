/** One fault in a request: where it is (RFC 6901 pointer into the body) and what is wrong with it. */
export interface FieldError {
  in: string;
  pointer: string;
  detail: string;
}

/** An answer that was no success, as RFC 9457 problem details; also raised when there was no answer at all. */
export class Problem extends Error {
  override name = 'Problem';

  constructor(
    /** HTTP status; 0 when no answer came. */
    readonly status: number,
    /** `urn:countersign:problem:<slug>`, or about:blank. */
    readonly type: string,
    readonly title: string,
    readonly detail: string,
    readonly faults: FieldError[] = [],
    /** The correlation id to quote to the people who run the service; empty when unknown. */
    readonly reference = '',
  ) {
    super(detail || title);
  }

  /** What is wrong with the field at this pointer, or undefined. */
  errorAt(pointer: string): string | undefined {
    const here = this.faults.filter(
      (fault) => fault.pointer === pointer || fault.pointer.startsWith(`${pointer}/`),
    );
    return here.length > 0 ? here.map((fault) => fault.detail).join(' ') : undefined;
  }
}

const PLAIN_WORDS: Record<number, { title: string; detail: string }> = {
  401: { title: 'Your session has ended', detail: 'Sign in again to go on.' },
  412: {
    title: 'Somebody acted on this workflow first',
    detail:
      'What you see now is its newest state. Look at it again, then repeat your action if it still fits.',
  },
  429: { title: 'Too many requests', detail: 'Wait a moment, then try again.' },
};

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function faultsIn(errors: unknown): FieldError[] {
  if (!Array.isArray(errors)) return [];
  return errors
    .filter((entry): entry is Record<string, unknown> => typeof entry === 'object' && entry !== null)
    .map((entry) => ({ in: text(entry.in), pointer: text(entry.pointer), detail: text(entry.detail) }));
}

/** The problem that an answer's decoded body describes; some are put into plainer words. */
export function problemFromResponse(response: Response, body: unknown): Problem {
  const given = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const plain = PLAIN_WORDS[response.status];
  return new Problem(
    response.status,
    text(given.type) || 'about:blank',
    plain?.title ?? (text(given.title) || `The service answered ${response.status}`),
    plain?.detail ?? text(given.detail),
    faultsIn(given.errors),
    response.headers.get('x-correlation-id') ?? '',
  );
}

/** Whether the same request may succeed later: there was no answer, too much was asked, or the service failed. */
export const isRetryable = ({ status }: Problem): boolean => status === 0 || status === 429 || status >= 500;

/** Any error as a Problem: what fetch throws when no answer comes becomes one that says so. */
export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof TypeError) {
    return new Problem(
      0,
      'urn:countersign:problem:unreachable',
      'Countersign cannot be reached',
      'Check your connection, then try again.',
    );
  }
  return new Problem(0, 'about:blank', 'Something went wrong', error instanceof Error ? error.message : '');
}
