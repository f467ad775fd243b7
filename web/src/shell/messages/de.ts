import type { Translated } from '../../i18n/messages';
import type en from './en';

const de: Translated<typeof en> = {
  title: 'Countersign',
  home: 'Startseite',
  skip: 'Zum Inhalt springen',
  menu: {
    navigation: 'Menü',
    open: 'Menü öffnen',
    close: 'Menü schließen',
    work: 'Arbeit',
    create: 'Vorgang anlegen',
    audit: 'Audit-Trail',
    integrity: 'Integrität',
    erasure: 'Löschung und Aufbewahrung',
    schemes: 'Schemas',
    people: 'Personen',
    groups: 'Gruppen',
    count_one: '{{label}} ({{count}} Vorgang)',
    count_other: '{{label}} ({{count}} Vorgänge)',
  },
  account: {
    label: 'Konto von {{name}}',
    stage: '{{email}} (Umgebung: {{stage}})',
    signOut: 'Abmelden',
  },
  settings: {
    label: 'Sprache und Darstellung',
    language: 'Sprache',
    appearance: 'Darstellung',
    theme: { system: 'Wie das System', light: 'Hell', dark: 'Dunkel' },
  },
  messages: {
    label: 'Meldungen',
    all: 'Alle Meldungen anzeigen',
    info: 'Information',
    success: 'Erfolg',
    warning: 'Warnung',
    error: 'Fehler',
    inProgress: 'In Arbeit',
  },
  panels: {
    label: 'Bereiche',
    close: 'Bereich schließen',
    open: 'Bereich öffnen',
    resize: 'Größe des Bereichs ändern',
    notifications: 'Benachrichtigungen',
    notificationsOpen: 'Bereich mit Benachrichtigungen',
    notificationsClose: 'Benachrichtigungen schließen',
  },
  notFound: {
    header: 'Seite nicht gefunden',
    text: 'Prüfen Sie die Adresse, oder beginnen Sie auf der Seite Arbeit.',
    action: 'Zur Seite Arbeit',
  },
  error: { header: 'Diese Seite kann nicht angezeigt werden', reload: 'Neu laden' },
};

export default de;
