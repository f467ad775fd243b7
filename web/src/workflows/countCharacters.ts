/** Characters as the service counts them: code points, so an emoji is one and not two. */
export const countCharacters = (text: string): number => Array.from(text).length;
