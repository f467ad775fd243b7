/** The languages of the console. `en-XA` is English with accents, which shows texts that aren't translated. */
export const LANGUAGES = ['en', 'de'] as const;
export type Language = (typeof LANGUAGES)[number] | 'en-XA';

const STORAGE_KEY = 'countersign.language';

const isLanguage = (value: string | null | undefined): value is Language =>
  value === 'en-XA' || LANGUAGES.some((language) => language === value);

/** Return the language that the user chose, else the first of the browser's that the console has, else English. */
export function preferredLanguage(
  storage: Pick<Storage, 'getItem'> = window.localStorage,
  browserLanguages: readonly string[] = navigator.languages,
): Language {
  const chosen = storage.getItem(STORAGE_KEY);
  if (isLanguage(chosen)) return chosen;
  const known = browserLanguages.map((each) => each.split('-')[0]).find((each) => isLanguage(each));
  return isLanguage(known) ? known : 'en';
}

/** Store the language that the user chose, for this browser. */
export function storeLanguage(language: Language, storage: Pick<Storage, 'setItem'> = window.localStorage) {
  storage.setItem(STORAGE_KEY, language);
}
