import { describe, expect, it } from 'vitest';
import { fromTokens, toTokens } from './filterTokens';

describe('the tokens of the filter bar', () => {
  it('are read as they were written', () => {
    const values = { text: 'too expensive', scheme: 'purchase', outcome: 'REJECTED' };
    expect(fromTokens(toTokens(values))).toEqual(values);
  });

  it('have one value for each property: the newest', () => {
    const tokens = ['travel', 'purchase'].map((value) => ({ propertyKey: 'scheme', operator: '=', value }));
    expect(fromTokens({ operation: 'and', tokens })).toEqual({ scheme: 'purchase' });
  });

  it('collect the words of free text, also of properties that the console does not know', () => {
    const tokens = [
      { operator: ':', value: ' too ' },
      { propertyKey: 'color', operator: '=', value: 'red' },
      { operator: ':', value: '' },
    ];
    expect(fromTokens({ operation: 'and', tokens })).toEqual({ text: 'too red' });
  });
});
