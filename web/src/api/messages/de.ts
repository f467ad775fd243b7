import type { Translated } from '../../i18n/messages';
import type en from './en';

const de: Translated<typeof en> = {
  problems: {
    'admins-only': {
      title: 'Nur Administratoren können das',
      detail: 'Wenden Sie sich an einen Administrator.',
    },
    'already-approved': {
      title: 'Dieser Vorgang ist bereits genehmigt',
      detail: 'Ein genehmigter Vorgang kann nicht geändert werden.',
    },
    'already-pending': {
      title: 'Dieser Vorgang wartet auf eine Entscheidung',
      detail: 'Sie können ihn ändern, wenn die Genehmiger entschieden haben.',
    },
    'auditors-only': {
      title: 'Nur Prüfer und Administratoren können das',
      detail: 'Bitten Sie einen Administrator um Zugriff.',
    },
    'comment-missing': {
      title: 'Ein Kommentar fehlt',
      detail: 'Geben Sie an, warum Sie die Anfrage ablehnen.',
    },
    'content-erased': {
      title: 'Der Inhalt dieses Vorgangs wurde gelöscht',
      detail: 'Er kann nicht mehr geändert oder entschieden werden.',
    },
    'erasure-running': {
      title: 'Eine Löschung für diese Person läuft',
      detail: 'Warten Sie, bis sie beendet ist. Die Liste zeigt den Fortschritt.',
    },
    'idempotency-key-reused': {
      title: 'Die Anfrage wurde bereits mit anderem Inhalt gesendet',
      detail: 'Laden Sie die Seite neu und versuchen Sie es noch einmal.',
    },
    'internal-error': {
      title: 'Im Dienst ist ein Fehler aufgetreten',
      detail: 'Versuchen Sie es später noch einmal.',
    },
    'log-damaged': {
      title: 'Ein Teil des Logs kann nicht gelesen werden',
      detail: '',
    },
    'no-such-scheme': { title: 'Dieses Schema gibt es nicht', detail: 'Wählen Sie ein anderes.' },
    'not-an-approver': {
      title: 'Sie sind kein Genehmiger dieses Schritts',
      detail: 'Die Liste der Genehmiger hat sich möglicherweise geändert.',
    },
    'not-pending': {
      title: 'Dieser Vorgang wartet nicht auf eine Entscheidung',
      detail:
        'Möglicherweise wurde er schon entschieden. Laden Sie die Seite neu, um die neueste Version zu sehen.',
    },
    'not-the-requester': {
      title: 'Nur der Antragsteller kann das',
      detail: 'Wenden Sie sich an die Person, die den Vorgang angelegt hat.',
    },
    'own-request': {
      title: 'Sie können Ihre eigene Anfrage nicht genehmigen',
      detail: 'Ein anderer Genehmiger muss entscheiden.',
    },
    'search-unavailable': {
      title: 'Die Suche ist nicht verfügbar',
      detail: 'Versuchen Sie es in einigen Sekunden noch einmal.',
    },
    'store-unavailable': {
      title: 'Der Dienst ist nicht verfügbar',
      detail: 'Versuchen Sie es in einigen Sekunden noch einmal.',
    },
    'people-unavailable': {
      title: 'Die Personenliste ist nicht verfügbar',
      detail: 'Versuchen Sie es in einigen Sekunden noch einmal.',
    },
    'too-busy': {
      title: 'Zu viele Änderungen auf einmal',
      detail: 'Versuchen Sie es in einigen Sekunden noch einmal.',
    },
    'too-large': { title: 'Das ist zu groß', detail: 'Daten dürfen höchstens 128 KB groß sein.' },
    'unreadable-record': {
      title: 'Dieser Eintrag ist beschädigt',
      detail: '',
    },
    'version-stale': {
      title: 'Dieser Vorgang hat sich geändert',
      detail:
        'Jemand hat ihn geändert, während Sie daran gearbeitet haben. Prüfen Sie die neueste Version und versuchen Sie es noch einmal.',
    },
  },
  sessionEnded: { title: 'Ihre Sitzung ist abgelaufen', detail: 'Melden Sie sich wieder an.' },
  changed: {
    title: 'Das hat sich geändert',
    detail:
      'Jemand hat es geändert, während Sie daran gearbeitet haben. Prüfen Sie die neueste Version und versuchen Sie es noch einmal.',
  },
  tooManyRequests: {
    title: 'Zu viele Anfragen',
    detail: 'Warten Sie kurz und versuchen Sie es noch einmal.',
  },
  status: 'Der Dienst hat mit Status {{status}} geantwortet',
  timeout: 'Countersign braucht zu lange, um zu antworten',
  noConnection: 'Keine Verbindung zu Countersign',
  checkConnection: 'Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.',
  filesMissing: {
    title: 'Ein Teil der Konsole kann nicht geladen werden',
    detail: 'Prüfen Sie Ihre Verbindung und laden Sie die Seite neu.',
  },
  bug: {
    title: 'Das ist ein Fehler der Konsole',
    detail:
      'Laden Sie die Seite neu. Wenn es wieder passiert, melden Sie den Fehler mit dieser Meldung: {{message}}',
  },
};

export default de;
