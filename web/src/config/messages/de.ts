import type { Translated } from '../../i18n/messages';
import type en from './en';

const de: Translated<typeof en> = {
  title: 'Konfiguration',
};

export default de;
