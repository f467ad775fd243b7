import { describe, expect, it } from 'vitest';
import { EMPTY_DRAFT, toErasureRequest, togglePart, validateErase } from './eraseForm';

const user = { userId: 'u-1', name: null };

describe('the form to erase a user', () => {
  it('needs a user, a part, and a reason', () => {
    const empty = { ...EMPTY_DRAFT, parts: [] };
    expect(validateErase(empty)).toEqual({
      user: 'Choose a user.',
      parts: 'Choose what to erase.',
      reason: 'Enter a reason.',
    });
    expect(toErasureRequest(empty)).toBeNull();
    expect(toErasureRequest({ ...EMPTY_DRAFT, user })).toBeNull();
    expect(validateErase({ user, parts: ['person'], reason: 'Request' })).toEqual({});
  });

  it('counts characters of the reason as the service does', () => {
    const draft = { ...EMPTY_DRAFT, user };
    expect(validateErase({ ...draft, reason: '😀'.repeat(500) })).toEqual({});
    expect(validateErase({ ...draft, reason: '😀'.repeat(501) })).toEqual({
      reason: 'Use at most 500 characters.',
    });
  });

  it('keeps the parts in one order', () => {
    expect(togglePart(['content'], 'person', true)).toEqual(['person', 'content']);
    expect(togglePart(['person', 'content'], 'person', false)).toEqual(['content']);
  });

  it('sends what was entered, without spaces around the reason', () => {
    expect(toErasureRequest({ user, parts: ['person'], reason: ' Request ' })).toEqual({
      userId: 'u-1',
      parts: ['person'],
      reason: 'Request',
    });
  });
});
