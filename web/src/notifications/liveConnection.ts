import type { RealtimeSession } from '../api/types';

export type LiveState = 'connecting' | 'live' | 'reconnecting';

export interface Transport {
  close: () => void;
}

export interface TransportEvents {
  onConnected: () => void;
  onMessage: (payload: string) => void;
  onClosed: () => void;
}

/** What a live connection needs from its environment. */
export interface LiveConnectionPorts {
  /** Request new credentials and the endpoint. */
  newSession: () => Promise<RealtimeSession>;
  open: (session: RealtimeSession, events: TransportEvents) => Promise<Transport>;
  onState: (state: LiveState) => void;
  /** Called for every new connection, to fetch what was missed. */
  onConnected: () => void;
  onMessage: (payload: string) => void;
}

/** Credentials are renewed this long before they expire (ms), but not in the first half of their lifetime. */
const RENEW_BEFORE_MS = 5 * 60_000;
/** The maximum age of a connection (ms). `setTimeout` doesn't support delays above 24 days. */
const MAX_CONNECTION_AGE_MS = 12 * 3_600_000;
const MIN_RETRY_DELAY_MS = 1_000;
const MAX_RETRY_DELAY_MS = 30_000;

/** Return the delay before renewing credentials (ms). */
export function renewalDelay(expiration: string, now: number): number {
  const left = Date.parse(expiration) - now;
  if (Number.isNaN(left)) return RENEW_BEFORE_MS;
  return Math.min(Math.max(left - RENEW_BEFORE_MS, left / 2, MIN_RETRY_DELAY_MS), MAX_CONNECTION_AGE_MS);
}

/** Return the delay before the next attempt (ms). Half of it is random, so that tabs don't reconnect all at once. */
export function retryDelay(failures: number, random: () => number): number {
  const longest = Math.min(MIN_RETRY_DELAY_MS * 2 ** failures, MAX_RETRY_DELAY_MS);
  return longest / 2 + (longest / 2) * random();
}

/**
 * Keeps an MQTT connection open.
 *
 * It requests new credentials for every connection, reconnects with exponential backoff, and renews the connection
 * before the credentials expire. The new connection opens before the old one closes, so no message is missed. Messages
 * that arrive on both are duplicates: the receiver drops them.
 */
export class LiveConnection {
  #current: Transport | null = null;
  /** Opened but not connected yet. */
  #opening: Transport | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  /** The number of the newest attempt. Events of earlier attempts are ignored. */
  #attempt = 0;
  #isStopped = true;

  constructor(
    private readonly ports: LiveConnectionPorts,
    private readonly random: () => number = Math.random,
  ) {}

  start() {
    this.#isStopped = false;
    this.#connect();
  }

  stop() {
    this.#isStopped = true;
    this.#attempt += 1;
    clearTimeout(this.#timer);
    this.#closeOpening();
    this.#current?.close();
    this.#current = null;
  }

  /** Connect again immediately. After a network change, an open connection might have failed without notice. */
  reconnect() {
    if (!this.#isStopped) this.#connect();
  }

  #connect() {
    clearTimeout(this.#timer);
    const attempt = ++this.#attempt;
    this.#closeOpening();
    if (!this.#current) this.ports.onState('connecting');
    this.#open(attempt).catch(() => this.#handleDisconnected(attempt));
  }

  async #open(attempt: number) {
    const session = await this.ports.newSession();
    if (attempt !== this.#attempt) return;
    let transport: Transport | null = null;
    transport = await this.ports.open(session, {
      onConnected: () => this.#handleConnected(attempt, () => transport, session),
      onMessage: (payload) => {
        if (!this.#isStopped) this.ports.onMessage(payload);
      },
      onClosed: () => this.#handleDisconnected(attempt),
    });
    if (attempt !== this.#attempt) transport.close();
    else if (this.#current !== transport) this.#opening = transport;
  }

  #handleConnected(attempt: number, transport: () => Transport | null, session: RealtimeSession) {
    if (attempt !== this.#attempt) return;
    this.#current?.close();
    this.#current = transport();
    this.#opening = null;
    this.#failures = 0;
    this.ports.onState('live');
    this.ports.onConnected();
    this.#timer = setTimeout(() => this.#connect(), renewalDelay(session.credentials.expiration, Date.now()));
  }

  #handleDisconnected(attempt: number) {
    if (attempt !== this.#attempt || this.#isStopped) return;
    this.#attempt += 1;
    this.#closeOpening();
    this.#current?.close();
    this.#current = null;
    this.ports.onState('reconnecting');
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#connect(), retryDelay(this.#failures, this.random));
    this.#failures += 1;
  }

  /** Close a transport that isn't connected yet. Otherwise it would connect later and stay open. */
  #closeOpening() {
    this.#opening?.close();
    this.#opening = null;
  }
}
