import { I18nProvider, type I18nProviderProps } from '@cloudscape-design/components/i18n';
import { useEffect, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { changeLanguage, preferredLanguage } from '.';
import { pseudoCloudscape } from './pseudo';

type Messages = readonly I18nProviderProps.Messages[];

async function cloudscapeMessages(language: string): Promise<Messages> {
  const module = await (language === 'de'
    ? import('@cloudscape-design/components/i18n/messages/all.de')
    : import('@cloudscape-design/components/i18n/messages/all.en'));
  return [language === 'en-XA' ? pseudoCloudscape(module.default) : module.default];
}

/** Shows the console in the user's language, Cloudscape's own texts included. */
export function LanguageProvider({ children }: { children: ReactNode }) {
  const { i18n } = useTranslation();
  const language = i18n.resolvedLanguage ?? 'en';
  const [messages, setMessages] = useState<Messages>([]);

  useEffect(() => {
    void changeLanguage(preferredLanguage());
  }, []);

  useEffect(() => {
    let isCurrent = true;
    void cloudscapeMessages(language).then((loaded) => {
      if (isCurrent) setMessages(loaded);
    });
    return () => {
      isCurrent = false;
    };
  }, [language]);

  // The children start without waiting for Cloudscape's texts: at first, they load what they show.
  return (
    <I18nProvider locale={language === 'de' ? 'de' : 'en'} messages={messages}>
      {children}
    </I18nProvider>
  );
}
