import type { Translated } from '../../i18n/messages';
import type en from './en';

const de: Translated<typeof en> = {
  title: 'Integrität',
  description: 'Das Log, das den Audit-Trail nachweist, und was der Vergleich mit ihm ergeben hat',
  auditorsOnly: {
    header: 'Nur Prüfer und Administratoren können diese Seite sehen',
    detail:
      'Sie können den Verlauf Ihrer Vorgänge prüfen. Öffnen Sie einen Vorgang und wählen Sie „Verlauf prüfen“.',
  },
  loading: {
    state: 'Der Stand des Logs',
    checkpoints: 'Die Liste der Checkpoints',
    publicKey: 'Der öffentliche Schlüssel',
  },
  checkpoint: {
    title: 'Neuester Checkpoint',
    none: 'Das Log hat noch keinen Checkpoint.',
    entries: 'Einträge',
    signed: 'Signiert',
    behind: 'Rückstand',
    seconds_one: '{{count}} Sekunde',
    seconds_other: '{{count}} Sekunden',
    minutes_one: '{{count}} Minute',
    minutes_other: '{{count}} Minuten',
    pending: 'Ausstehende Einträge',
    oldest: '(ältester: <time></time>)',
    newestManifest: 'Neuestes Manifest',
    checkedThrough: 'Manifeste verglichen bis',
    reconciledAt: 'Verglichen',
    log: 'Log',
    rootHash: 'Wurzel-Hash',
    details: 'Details des Nachweises',
    checks: 'Prüfungen des Checkpoints',
  },
  publicKey: {
    title: 'Öffentlicher Schlüssel',
    description: 'Bewahren Sie den Fingerabdruck sicher auf, um einen anderen Schlüssel zu erkennen',
    changed: 'Der Dienst verwendet einen anderen öffentlichen Schlüssel',
    changedDetail:
      'Sein Fingerabdruck ist <key>{{fingerprint}}</key> Nichts, was der Dienst damit signiert, gilt als geprüft. Vergleichen Sie die Fingerabdrücke mit der Ausgabe von Terraform.',
    fingerprint: 'Fingerabdruck',
    verifierKey: 'Schlüssel für countersign-verify',
    pinned: 'Gemerkt',
    deployed: 'Mit dieser Konsole bereitgestellt',
    firstUse:
      'Beim ersten Gebrauch gemerkt: Es ist der erste Schlüssel, den dieser Browser gesehen hat. Vergleichen Sie den Fingerabdruck mit der Ausgabe von Terraform.',
    copyFingerprint: 'Fingerabdruck kopieren',
    copyVerifierKey: 'Schlüssel kopieren',
    copied: 'Kopiert',
    notCopied: 'Kopieren war nicht möglich',
  },
  findings: {
    title: 'Offene Befunde',
    description:
      'Was zwischen dem Audit-Trail, dem Log und den Manifesten des Workflow-Dienstes nicht übereinstimmt',
    none: 'Keine Befunde',
    finding: 'Befund',
    unknown: 'Der Dienst meldet {{code}}.',
    subject: 'Gegenstand',
    detail: 'Einzelheiten',
    code: 'Code',
    firstSeen: 'Zuerst gesehen',
    lastSeen: 'Zuletzt gesehen',
  },
  checkpoints: { title: 'Checkpoints', none: 'Noch keine Checkpoints' },
  witnesses: {
    title: 'Zeugen',
    description:
      'Außenstehende, die prüfen, dass das Log nur wächst, und seine Checkpoints mit ihrer Signatur bestätigen',
    none: 'Keine Zeugen',
    noneDetail:
      'Außenstehende können „countersign-verify witness“ ausführen. Ihr Schlüssel wird mit Terraform konfiguriert.',
    witness: 'Zeuge',
    newest: 'Neuester bestätigter Checkpoint',
    size_one: '{{entries}} Eintrag,',
    size_other: '{{entries}} Einträge,',
    cosignature: 'Signatur des neuesten Checkpoints',
    states: {
      valid: 'In diesem Browser geprüft',
      invalid: 'Nicht gültig',
      missing: 'Noch nicht',
      'not-checked': 'Nicht geprüft: Dieser Browser unterstützt Ed25519 nicht',
    },
  },
};

export default de;
