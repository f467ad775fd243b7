import admin from '../admin/messages/de';
import api from '../api/messages/de';
import audit from '../audit/messages/de';
import components from '../components/messages/de';
import config from '../config/messages/de';
import erasure from '../erasure/messages/de';
import integrity from '../integrity/messages/de';
import notifications from '../notifications/messages/de';
import people from '../people/messages/de';
import proof from '../proof/messages/de';
import session from '../session/messages/de';
import shell from '../shell/messages/de';
import work from '../work/messages/de';
import workflows from '../workflows/messages/de';

/** All messages of the console in German. The console loads them if German is chosen. */
export const de = {
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
