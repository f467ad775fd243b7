import { describe, expect, it } from 'vitest';
import { EMPTY_DRAFT, toErasureRequest, togglePart, validateErase } from './eraseForm';

describe('the form to erase a user', () => {
  it('needs a user, a part, and a reason', () => {
    expect(validateErase({ ...EMPTY_DRAFT, parts: [] })).toEqual({
      userId: 'Enter the ID of the user.',
      parts: 'Choose what to erase.',
      reason: 'Enter a reason.',
    });
    expect(validateErase({ userId: 'u-1', parts: ['person'], reason: 'Request' })).toBeNull();
  });

  it('counts characters of the reason as the service does', () => {
    const draft = { ...EMPTY_DRAFT, userId: 'u-1' };
    expect(validateErase({ ...draft, reason: '😀'.repeat(500) })).toBeNull();
    expect(validateErase({ ...draft, reason: '😀'.repeat(501) })).toEqual({
      reason: 'Use at most 500 characters.',
    });
  });

  it('keeps the parts in one order', () => {
    expect(togglePart(['content'], 'person', true)).toEqual(['person', 'content']);
    expect(togglePart(['person', 'content'], 'person', false)).toEqual(['content']);
  });

  it('sends what was entered, without spaces around it', () => {
    expect(toErasureRequest({ userId: ' u-1 ', parts: ['person'], reason: ' Request ' })).toEqual({
      userId: 'u-1',
      parts: ['person'],
      reason: 'Request',
    });
  });
});
