import type { I18nProviderProps } from '@cloudscape-design/components/i18n';

const ACCENTS: Record<string, string> = {
  a: 'á',
  e: 'é',
  i: 'í',
  o: 'ó',
  u: 'ú',
  A: 'Á',
  E: 'É',
  I: 'Í',
  O: 'Ó',
  U: 'Ú',
};

/** Return messages with accents and a third longer, between brackets. Names between braces stay. */
export function pseudoMessages<Messages extends object>(messages: Messages): Messages {
  return Object.fromEntries(
    Object.entries(messages).map(([key, value]: [string, unknown]) => [
      key,
      typeof value === 'string' ? pseudoText(value) : pseudoMessages(Object(value) as object),
    ]),
  ) as Messages;
}

const accent = (text: string): string => text.replace(/[aeiou]/gi, (letter) => ACCENTS[letter] ?? letter);

function pseudoText(text: string): string {
  const parts = text.split(/(\{\{.*?\}\}|<.*?>)/);
  const accented = parts.map((part, index) => (index % 2 ? part : accent(part)));
  return `[${accented.join('')}${'·'.repeat(Math.ceil(text.length / 3))}]`;
}

const isLiteral = (part: unknown): part is { type: 0; value: string } =>
  typeof part === 'object' && part !== null && 'type' in part && part.type === 0;

/** Return Cloudscape's messages, which are parsed ICU messages, with accents and between brackets. */
export function pseudoCloudscape(messages: I18nProviderProps.Messages): I18nProviderProps.Messages {
  const change = (key: string, part: unknown): unknown => {
    if (isLiteral(part)) return { type: 0, value: accent(part.value) };
    // What a plural or a tag contains is in the brackets of its message.
    if (!Array.isArray(part) || key === 'value' || key === 'children') return part;
    return [{ type: 0, value: '[' }, ...(part as unknown[]), { type: 0, value: '·]' }];
  };
  return JSON.parse(JSON.stringify(messages), change) as I18nProviderProps.Messages;
}
