import { loadAllMessages, startI18n } from '../i18n';

// Tests see English unless they change the language.
startI18n();
await loadAllMessages();
