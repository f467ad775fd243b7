import { describe, expect, it } from 'vitest';
import { de } from './de';
import { en } from './en';

// A name within a sentence is in lowercase in English only.
const DIFFERENT = ['proof.inSentence'];

/** Return the texts of messages by key. */
function textsOf(messages: object, prefix = ''): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [key, value] of Object.entries(messages) as [string, unknown][]) {
    if (typeof value === 'string') texts.set(`${prefix}${key}`, value);
    else
      for (const [name, text] of textsOf(Object(value) as object, `${prefix}${key}.`)) texts.set(name, text);
  }
  return texts;
}

const placeholders = (text: string): string[] => (text.match(/\{\{.*?\}\}|<.*?>/g) ?? []).sort();

describe('the German messages', () => {
  const german = textsOf(de);

  it.each([...textsOf(en)].filter(([key]) => !DIFFERENT.includes(key)))(
    'have the placeholders of the English ones: %s',
    (key, text) => {
      expect(placeholders(german.get(key) ?? '')).toEqual(placeholders(text));
    },
  );
});
