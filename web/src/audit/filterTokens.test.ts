import { describe, expect, it } from 'vitest';
import { fromTokens, toTokens } from './filterTokens';

describe('the tokens of the filter bar', () => {
  it('are read as they were written', () => {
    const values = { text: 'too expensive', scheme: 'purchase', outcome: 'REJECTED' };
    expect(fromTokens(toTokens(values))).toEqual({ values, invalid: [] });
  });

  it('have one value for each property: the newest', () => {
    const tokens = ['travel', 'purchase'].map((value) => ({ propertyKey: 'scheme', operator: '=', value }));
    expect(fromTokens({ operation: 'and', tokens })).toEqual({
      values: { scheme: 'purchase' },
      invalid: [],
    });
  });

  it('collect the words of free text, also of properties that the console does not know', () => {
    const tokens = [
      { operator: ':', value: ' too ' },
      { propertyKey: 'color', operator: '=', value: 'red' },
      { operator: ':', value: '' },
    ];
    expect(fromTokens({ operation: 'and', tokens })).toEqual({
      values: { text: 'too red' },
      invalid: [],
    });
  });

  it('say which values the API does not accept', () => {
    const tokens = [
      { propertyKey: 'workflowId', operator: '=', value: 'w-1' },
      { propertyKey: 'scheme', operator: '=', value: 'Purchase order' },
      { propertyKey: 'stepId', operator: '=', value: ' approval ' },
    ];
    expect(fromTokens({ operation: 'and', tokens })).toEqual({
      values: { stepId: 'approval' },
      invalid: ['scheme', 'workflowId'],
    });
  });
});
