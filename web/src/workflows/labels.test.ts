import { describe, expect, it } from 'vitest';
import { actionIndicator, actionLabel, outcomeIndicator, outcomeLabel } from './labels';

describe('labels', () => {
  it('exist for the action types and outcomes that the console knows', () => {
    expect(actionLabel('REQUEST')).toBe('Requested approval');
    expect(outcomeLabel('PENDING')).toBe('Waiting for approval');
  });

  it('exist for what the audit service itself records', () => {
    expect(actionLabel('ERASE')).toBe('Erased data');
    expect(outcomeLabel('HELD')).toBe('Held');
  });

  it.each(['ESCALATE', 'constructor', ''])('show the unknown value %j as it is', (value) => {
    expect(actionLabel(value)).toBe(value);
    expect(outcomeLabel(value)).toBe(value);
    expect(actionIndicator(value)).toBe('info');
    expect(outcomeIndicator(value)).toBe('info');
  });
});
