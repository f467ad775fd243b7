import type { Translated } from '../../i18n/messages';
import type en from './en';

const de: Translated<typeof en> = {
  title: 'Personen',
  picker: {
    placeholder: 'Nach Name oder E-Mail suchen',
    filter: 'Personen suchen',
    userPlaceholder: 'Nach Name, E-Mail oder Benutzer-ID suchen',
    filterUsers: 'Person suchen',
    userId: 'Benutzer-ID',
    hint: 'Geben Sie den Anfang eines Namens oder einer E-Mail-Adresse ein',
    none: 'Niemand gefunden',
    loading: 'Personen werden geladen',
    error: 'Personen konnten nicht geladen werden',
    remove: '{{name}} entfernen',
    selected: 'Ausgewählt',
  },
};

export default de;
