import { describe, expect, it } from 'vitest';
import { changeLanguage } from '../i18n';
import {
  isRetryable,
  problemCode,
  ProblemError,
  problemFromResponse,
  RequestTimeoutError,
  toProblem,
} from './problem';

const response = (status: number, headers = {}) => new Response(null, { status, headers });

describe('an error response', () => {
  it('has the title and detail for users of its problem code', () => {
    const problem = problemFromResponse(response(403), {
      type: '/docs/problems/own-request.md',
      title: 'Own request',
      detail: 'The requester is the approver.',
    });
    expect(problem).toMatchObject({
      status: 403,
      code: 'own-request',
      title: "You can't approve your own request",
      detail: 'Another approver has to decide.',
    });
  });

  it('keeps the title and detail of the service for a code that the console does not know', () => {
    const problem = problemFromResponse(response(422), {
      type: '/docs/problems/new-rule.md',
      title: 'New rule',
      detail: 'Two approvers are needed.',
    });
    expect(problem).toMatchObject({
      code: 'new-rule',
      title: 'New rule',
      detail: 'Two approvers are needed.',
    });
  });

  it('is in the language of the user', async () => {
    await changeLanguage('de');
    expect(problemFromResponse(response(401), null).title).toBe('Ihre Sitzung ist abgelaufen');
    await changeLanguage('en');
  });

  it('finds the errors of a field and of everything below it', () => {
    const problem = problemFromResponse(response(400), {
      title: 'Bad request',
      errors: [
        { in: 'body', pointer: '/title', detail: 'Too long.' },
        { in: 'body', pointer: '/data/amount', detail: 'Too large.' },
      ],
    });
    expect(problem.errorAt('/title')).toBe('Too long.');
    expect(problem.errorAt('/data')).toBe('Too large.');
    expect(problem.errorAt('/comment')).toBeUndefined();
  });

  it('explains a stale version in plain words', () => {
    const problem = problemFromResponse(response(412), {
      type: '/docs/problems/version-stale.md',
      title: 'Precondition Failed',
      detail: 'version 3 is not 4',
      errors: [{ in: 'header', pointer: '/If-Match', detail: 'version 3 is not 4' }],
    });
    expect(problem).toMatchObject({ code: 'version-stale', title: 'This workflow has changed' });
    expect(problem.fieldErrors).toEqual([]);
  });

  it('keeps the correlation ID as the reference for support', () => {
    const problem = problemFromResponse(response(500, { 'x-correlation-id': 'abc-1' }), undefined);
    expect(problem.reference).toBe('abc-1');
  });

  it('accepts a body that is not problem details', () => {
    expect(problemFromResponse(response(502), '<html>').title).toBe('The service returned status 502');
    expect(problemFromResponse(response(400), { errors: ['x', null] }).fieldErrors).toEqual([]);
  });
});

describe('a problem type', () => {
  it.each([
    ['/docs/problems/version-stale.md', 'version-stale'],
    ['https://example.com/countersign/docs/problems/not-found.md', 'not-found'],
    ['about:blank', ''],
    ['/docs/problems/README', ''],
    ['', ''],
  ])('%j has the code %j', (type, code) => {
    expect(problemCode(type)).toBe(code);
  });
});

describe('a retry', () => {
  it.each([
    [{ status: 0 }, true],
    [{ status: 429 }, true],
    [{ status: 503 }, true],
    [{ status: 409, code: 'too-busy' }, true],
    [{ status: 409, code: 'not-pending' }, false],
    [{ status: 404 }, false],
  ])('after %j can succeed: %s', (fields, expected) => {
    expect(isRetryable(new ProblemError({ title: 'Problem', ...fields }))).toBe(expected);
  });
});

describe('a bug', () => {
  it('is reported as one, not as a lost connection', () => {
    const problem = toProblem(new TypeError("Cannot read properties of undefined (reading 'items')"));
    expect(problem.title).toBe('This is a bug in the console');
    expect(problem.detail).toContain("reading 'items'");
  });
});

describe('a missing response', () => {
  it.each([
    [new TypeError('Failed to fetch'), "Can't connect to Countersign"],
    [Object.assign(new Error('Network error'), { code: 'NetworkError' }), "Can't connect to Countersign"],
    [new RequestTimeoutError(), 'Countersign is taking too long to respond'],
    [
      new TypeError('Failed to fetch dynamically imported module: https://example.com/assets/AuditPage.js'),
      "A part of the console can't be loaded",
    ],
  ])('is a problem with status 0: %s', (error, title) => {
    expect(toProblem(error)).toMatchObject({ status: 0, title });
  });
});
