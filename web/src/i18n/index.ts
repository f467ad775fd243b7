import i18next, { type Resource } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { en } from './en';
import { firstMessages } from './firstMessages';
import { preferredLanguage, storeLanguage, type Language } from './language';
import { pseudoMessages } from './pseudo';

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: typeof en;
    defaultNS: 'components';
    enableSelector: false;
  }
}

async function messagesOf(language: Language): Promise<Resource[string]> {
  if (language === 'de') return (await import('./de')).de;
  return language === 'en-XA' ? pseudoMessages((await import('./en')).en) : firstMessages;
}

/** Start i18n in English, which is always there as the fallback. */
export function startI18n(): void {
  void i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    defaultNS: 'components',
    resources: { en: firstMessages },
    interpolation: { escapeValue: false },
  });
}

function addMessages(language: Language, messages: Resource[string]) {
  for (const [namespace, texts] of Object.entries(messages)) {
    i18next.addResourceBundle(language, namespace, texts, true, true);
  }
}

/** Load the English messages of all pages. Those of another language are loaded at once. */
export async function loadAllMessages(): Promise<void> {
  addMessages('en', (await import('./en')).en);
}

/** Load the messages of a language, and show the console in it. */
export async function changeLanguage(language: Language): Promise<void> {
  addMessages(language, await messagesOf(language));
  await i18next.changeLanguage(language);
  if (typeof document !== 'undefined') document.documentElement.lang = language;
}

/** Change the language, and store it in this browser. */
export async function chooseLanguage(language: Language): Promise<void> {
  storeLanguage(language);
  await changeLanguage(language);
}

/** Return the language that the console is shown in. */
export const currentLanguage = (): string => i18next.resolvedLanguage ?? 'en';

export { preferredLanguage };
