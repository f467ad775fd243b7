/** Count characters as the service does: in code points, so that an emoji is one character. */
export const countCharacters = (text: string): number => Array.from(text).length;
