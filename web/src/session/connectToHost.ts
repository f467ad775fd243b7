import { wrap, type Remote } from 'comlink';
import type { SessionHost } from './session';
import workerUrl from './session.worker?worker&url';

declare global {
  interface WorkerOptions {
    /** Keep a shared worker alive for a while after its last page has gone. Not in TypeScript's library yet. */
    extendedLifetime?: boolean;
  }
}

/**
 * Connect this tab to the session of the browser.
 *
 * The shared worker exists as long as any tab of the console. Where the browser supports it, it also survives the moment
 * between two pages: a reload, or the sign-in in the only tab. Elsewhere, the console asks managed login again, which
 * has a cookie that is valid for an hour. A browser without shared workers has a session for each tab.
 */
export function connectToHost(clientId: string): Remote<SessionHost> {
  // A worker of another deployment at the same address would have another session.
  const options: WorkerOptions = { type: 'module', name: `countersign-session-${clientId}` };
  if (!('SharedWorker' in window)) return wrap<SessionHost>(new Worker(workerUrl, options));
  return wrap<SessionHost>(new SharedWorker(workerUrl, { ...options, extendedLifetime: true }).port);
}
