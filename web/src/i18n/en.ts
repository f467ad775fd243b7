import admin from '../admin/messages/en';
import api from '../api/messages/en';
import audit from '../audit/messages/en';
import components from '../components/messages/en';
import config from '../config/messages/en';
import erasure from '../erasure/messages/en';
import integrity from '../integrity/messages/en';
import notifications from '../notifications/messages/en';
import people from '../people/messages/en';
import proof from '../proof/messages/en';
import session from '../session/messages/en';
import shell from '../shell/messages/en';
import work from '../work/messages/en';
import workflows from '../workflows/messages/en';

/** All messages of the console in English. A namespace is a folder's name. */
export const en = {
  admin,
  api,
  audit,
  components,
  config,
  erasure,
  integrity,
  notifications,
  people,
  proof,
  session,
  shell,
  work,
  workflows,
};
