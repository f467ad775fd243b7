import { describe, expect, it } from 'vitest';
import { toProblem, problemFromResponse } from './problem';

const answer = (status: number, headers = {}) => new Response(null, { status, headers });

describe('a refused request', () => {
  it('keeps the service’s own title, detail and type', () => {
    const problem = problemFromResponse(answer(409), {
      type: 'urn:countersign:problem:own-request',
      title: 'Nobody decides their own request',
      detail: 'Ask another approver.',
    });
    expect(problem).toMatchObject({
      status: 409,
      type: 'urn:countersign:problem:own-request',
      title: 'Nobody decides their own request',
      detail: 'Ask another approver.',
    });
  });

  it('finds the faults of a field, and of what lies below it', () => {
    const problem = problemFromResponse(answer(400), {
      title: 'Bad request',
      errors: [
        { in: 'body', pointer: '/title', detail: 'Too long.' },
        { in: 'body', pointer: '/data/amount', detail: 'No fractions.' },
      ],
    });
    expect(problem.errorAt('/title')).toBe('Too long.');
    expect(problem.errorAt('/data')).toBe('No fractions.');
    expect(problem.errorAt('/comment')).toBeUndefined();
  });

  it('explains a stale If-Match in plain words', () => {
    const problem = problemFromResponse(answer(412), {
      title: 'Precondition Failed',
      detail: 'version 3 is not 4',
    });
    expect(problem.title).toBe('Somebody acted on this workflow first');
  });

  it('carries the correlation id as its reference', () => {
    expect(problemFromResponse(answer(500, { 'x-correlation-id': 'abc-1' }), undefined).reference).toBe(
      'abc-1',
    );
  });

  it('survives a body that is no problem at all', () => {
    expect(problemFromResponse(answer(502), '<html>').title).toBe('The service answered 502');
    expect(problemFromResponse(answer(400), { errors: ['x', null] }).faults).toEqual([]);
  });
});

describe('no answer', () => {
  it('is a problem of its own', () => {
    expect(toProblem(new TypeError('Failed to fetch'))).toMatchObject({
      status: 0,
      title: 'Countersign cannot be reached',
    });
  });
});
