import api from '../api/messages/en';
import components from '../components/messages/en';
import config from '../config/messages/en';
import notifications from '../notifications/messages/en';
import session from '../session/messages/en';
import shell from '../shell/messages/en';
import work from '../work/messages/en';
import workflows from '../workflows/messages/en';

/** The English messages of the Work page and of what is around every page. Other pages load theirs. */
export const firstMessages = { api, components, config, notifications, session, shell, work, workflows };
