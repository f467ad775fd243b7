import type { Translated } from '../../i18n/messages';
import type en from './en';

const de: Translated<typeof en> = {
  title: 'Anmelden',
  tagline: 'Freigaben mit überprüfbarem Audit-Trail',
  product: 'Countersign',
  signedOut: {
    header: 'Sie sind abgemeldet',
    text: 'Alle Tabs dieses Browsers sind abgemeldet.',
    signIn: 'Anmelden',
  },
  failed: {
    header: 'Die Anmeldung ist fehlgeschlagen',
    text: 'Melden Sie sich noch einmal an. Wenn auch das fehlschlägt, wenden Sie sich an Ihren Administrator.',
    details: 'Details: {{message}}',
  },
  expired: {
    header: 'Ihre Sitzung ist beendet',
    text: 'Melden Sie sich wieder an, um fortzufahren. Sie kehren zu dieser Seite zurück.',
    signIn: 'Wieder anmelden',
    close: 'Schließen',
  },
  offline:
    'Sie sind offline. Was Sie sehen, ist vielleicht nicht aktuell, und Änderungen sind nicht möglich.',
  reloaded: 'Countersign wurde aktualisiert. Die Seite wurde deshalb neu geladen.',
};

export default de;
