import { describe, expect, it } from 'vitest';
import { memoryStorage } from '../testing/memoryStorage';
import { preferredLanguage, storeLanguage } from './language';
import { pseudoMessages } from './pseudo';

describe('the preferred language', () => {
  it('is the first of the browser that the console has', () => {
    expect(preferredLanguage(memoryStorage(), ['fr-FR', 'de-AT', 'en-US'])).toBe('de');
    expect(preferredLanguage(memoryStorage(), ['fr'])).toBe('en');
  });

  it('is the one that the user chose', () => {
    const storage = memoryStorage();
    storeLanguage('de', storage);
    expect(preferredLanguage(storage, ['en'])).toBe('de');
    storage.setItem('countersign.language', 'xx');
    expect(preferredLanguage(storage, ['en'])).toBe('en');
  });
});

describe('pseudo messages', () => {
  it('have accents and brackets, and keep the names of values', () => {
    const { nested } = pseudoMessages({ nested: { text: 'Open {{name}}' } });
    expect(nested.text).toMatch(/^\[Ópén \{\{name\}\}·+\]$/);
  });
});
