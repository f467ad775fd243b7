import type { Translated } from '../../i18n/messages';
import type en from './en';

const de: Translated<typeof en> = {
  time: { justNow: 'gerade eben' },
  cancel: 'Abbrechen',
  close: 'Schließen',
  dismiss: 'Ausblenden',
  tryAgain: 'Noch einmal versuchen',
  alreadyRecorded:
    'Ihre Aktion wurde möglicherweise schon gespeichert. Sie können es gefahrlos noch einmal versuchen.',
  outcomeUnknown:
    '{{problem}}. Prüfen Sie, ob Ihre Aktion gespeichert wurde, bevor Sie es noch einmal versuchen.',
  outcomeFailed: '{{problem}}. {{detail}}',
  erased: 'Gelöscht',
  loadMore: 'Mehr laden',
  loadingMore: 'Weitere werden geladen',
  loading: 'Wird geladen',
  loadingItem: '{{item}} wird geladen',
  reference: 'Kennung für den Support: {{reference}}',
  notAvailable: {
    title: '{{item}} kann nicht angezeigt werden',
    detail: 'Es gibt diesen Eintrag nicht, oder Sie haben keinen Zugriff darauf. Prüfen Sie die Adresse.',
    action: 'Zu den Aufgaben',
  },
  reason: {
    label: 'Grund',
    description:
      'Steht im Audit-Trail. Geben Sie keine personenbezogenen Daten ein: Sie können nicht gelöscht werden.',
    missing: 'Geben Sie einen Grund an.',
    tooLong: 'Verwenden Sie höchstens {{maximum}} Zeichen.',
  },
  changes: {
    none: 'Nichts geändert',
    kinds: { added: 'hinzugefügt', removed: 'entfernt', changed: 'geändert' },
    before: 'Vorher:',
    after: 'Nachher:',
    showAll_one: '{{count}} Änderung anzeigen',
    showAll_other: 'Alle {{count}} Änderungen anzeigen',
  },
  value: {
    label: 'Wert',
    yes: 'Ja',
    no: 'Nein',
    items_one: 'Liste mit {{count}} Eintrag',
    items_other: 'Liste mit {{count}} Einträgen',
    members_one: 'Objekt mit {{count}} Feld',
    members_other: 'Objekt mit {{count}} Feldern',
  },
  characters: '{{count}} von {{maximum}} Zeichen',
};

export default de;
