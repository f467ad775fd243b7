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

function pseudoText(text: string): string {
  const parts = text.split(/(\{\{.*?\}\}|<.*?>)/);
  const accented = parts.map((part, index) =>
    index % 2 ? part : part.replace(/[aeiou]/gi, (letter) => ACCENTS[letter] ?? letter),
  );
  return `[${accented.join('')}${'·'.repeat(Math.ceil(text.length / 3))}]`;
}
