import { describe, expect, it } from 'vitest';
import { hrefOf, readWorkUrl, writeWorkUrl, type WorkUrl } from './workUrl';

const read = (text: string) => readWorkUrl(new URLSearchParams(text));
const DEFAULTS: WorkUrl = {
  view: 'inbox',
  filter: '',
  sort: { field: 'updated', isDescending: true },
  page: 1,
  selected: undefined,
};

describe('the URL of the Work page', () => {
  it('holds the whole state', () => {
    const state: WorkUrl = {
      view: 'mine',
      filter: 'laptops & more',
      sort: { field: 'title', isDescending: true },
      page: 3,
      selected: 'w-1',
    };
    expect(readWorkUrl(writeWorkUrl(state))).toEqual(state);
  });

  it('leaves out defaults', () => {
    expect(hrefOf(DEFAULTS)).toBe('#/work?view=inbox');
    expect(read('')).toEqual(DEFAULTS);
  });

  it.each([
    'view=admin',
    'sort=price',
    'sort=--title',
    'page=0',
    'page=1.5',
    'page=many',
    'selected=',
    `q=${'x'.repeat(201)}`,
  ])('has a default for what is not valid: %s', (text) => expect(read(text)).toEqual(DEFAULTS));
});
