import type { Translated } from '../../i18n/messages';
import type en from './en';

const de: Translated<typeof en> = {
  title: 'Benachrichtigungen',
  types: {
    APPROVAL_REQUESTED: 'Genehmigung angefragt',
    APPROVED: 'Antrag genehmigt',
    REJECTED: 'Antrag abgelehnt',
    other: 'Vorgang geändert',
  },
  sentences: {
    APPROVAL_REQUESTED: '{{who}} bittet um Ihre Genehmigung von {{what}}.',
    APPROVAL_REQUESTED_again: '{{who}} bittet um Ihre Genehmigung von {{what}} (Runde {{round}}).',
    APPROVED: '{{who}} hat {{what}} genehmigt.',
    REJECTED: '{{who}} hat {{what}} abgelehnt.',
    other: '{{who}} hat {{what}} geändert.',
  },
  erasedUser: 'Eine gelöschte Person',
  someone: 'Jemand',
  you: 'Sie',
  erasedRequest: 'einen gelöschten Antrag',
  quoted: '„{{title}}“',
  resolved: {
    APPROVE: 'Genehmigt von {{who}}, {{when}}.',
    REJECT: 'Abgelehnt von {{who}}, {{when}}.',
    WITHDRAW: 'Zurückgezogen von {{who}}, {{when}}.',
    CANCEL: 'Abgebrochen von {{who}}, {{when}}.',
    other: 'Wartet nicht mehr auf Sie. Geändert von {{who}}, {{when}}.',
  },
  bell_zero: 'Benachrichtigungen, keine ungelesenen',
  bell_one: 'Benachrichtigungen, {{count}} ungelesene',
  bell_other: 'Benachrichtigungen, {{count}} ungelesene',
  viewWorkflow: 'Vorgang ansehen',
  view: 'Ansehen',
  approve: 'Genehmigen',
  reject: 'Ablehnen',
  new: 'Neu',
  markRead: 'Als gelesen markieren',
  markUnread: 'Als ungelesen markieren',
  markAll: 'Alle als gelesen markieren',
  which: 'Welche Benachrichtigungen',
  all: 'Alle',
  unread: 'Ungelesene',
  loading: 'Benachrichtigungen',
  emptyAll: 'Keine Benachrichtigungen',
  emptyUnread: 'Keine ungelesenen Benachrichtigungen',
  live: {
    live: 'Live-Aktualisierung aktiv',
    connecting: 'Live-Aktualisierung wird verbunden',
    reconnecting: 'Live-Aktualisierung unterbrochen, neue Verbindung wird aufgebaut',
  },
  missed_one: 'Während die Live-Aktualisierung unterbrochen war: {{count}} neue Benachrichtigung',
  missed_other: 'Während die Live-Aktualisierung unterbrochen war: {{count}} neue Benachrichtigungen',
  show: 'Benachrichtigungen anzeigen',
};

export default de;
