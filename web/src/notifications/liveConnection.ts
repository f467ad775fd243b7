import type { RealtimeSession } from '../api/types';

export type LiveState = 'connecting' | 'live' | 'waiting';

export interface Transport {
  close: () => void;
}

export interface TransportEvents {
  onConnected: () => void;
  onMessage: (payload: string) => void;
  onClosed: () => void;
}

/** What a live connection needs from outside. */
export interface LiveConnectionPorts {
  /** New credentials and where to connect. */
  newSession: () => Promise<RealtimeSession>;
  open: (session: RealtimeSession, events: TransportEvents) => Promise<Transport>;
  onState: (state: LiveState) => void;
  /** Called on every connect: what was missed is fetched over REST then. */
  onConnected: () => void;
  onMessage: (payload: string) => void;
}

/** Credentials are renewed this long before they end (ms), but never sooner than half their life. */
const RENEW_BEFORE_MS = 5 * 60_000;
/** No connection is older than this (ms); also keeps the delay below what setTimeout can hold. */
const MAX_CONNECTION_AGE_MS = 12 * 3_600_000;
const MIN_RETRY_DELAY_MS = 1_000;
const MAX_RETRY_DELAY_MS = 30_000;

/** Milliseconds until the credentials should be asked for again. */
export function renewalDelay(expiration: string, now: number): number {
  const left = Date.parse(expiration) - now;
  if (Number.isNaN(left)) return RENEW_BEFORE_MS;
  return Math.min(Math.max(left - RENEW_BEFORE_MS, left / 2, MIN_RETRY_DELAY_MS), MAX_CONNECTION_AGE_MS);
}

/** Milliseconds before the next try; half of it is random, so that not all tabs come back at once. */
export function retryDelay(failures: number, random: () => number): number {
  const most = Math.min(MIN_RETRY_DELAY_MS * 2 ** failures, MAX_RETRY_DELAY_MS);
  return most / 2 + (most / 2) * random();
}

/**
 * Keeps one MQTT connection standing: new credentials for every connect, reconnects with growing pauses, and a fresh
 * connection before the credentials end. The new one is up before the old one is closed, so nothing falls between
 * them; what both deliver is told apart by the receiver.
 */
export class LiveConnection {
  #current: Transport | null = null;
  /** Opened, and not standing yet. */
  #opening: Transport | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  /** Counts attempts: events of any but the newest are stale. */
  #attempt = 0;
  #stopped = true;

  constructor(
    private readonly ports: LiveConnectionPorts,
    private readonly random: () => number = Math.random,
  ) {}

  start() {
    this.#stopped = false;
    this.#connect();
  }

  stop() {
    this.#stopped = true;
    this.#attempt += 1;
    clearTimeout(this.#timer);
    this.#closeOpening();
    this.#current?.close();
    this.#current = null;
  }

  /**
   * Connects anew at once, as when the network is back: no pause is waited out, and a connection that seems to stand
   * may have died unnoticed.
   */
  reconnect() {
    if (!this.#stopped) this.#connect();
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
        if (!this.#stopped) this.ports.onMessage(payload);
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
    if (attempt !== this.#attempt || this.#stopped) return;
    this.#attempt += 1;
    this.#closeOpening();
    this.#current?.close();
    this.#current = null;
    this.ports.onState('waiting');
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#connect(), retryDelay(this.#failures, this.random));
    this.#failures += 1;
  }

  /** Without this, what is superseded or stopped before it stands would connect later and stay. */
  #closeOpening() {
    this.#opening?.close();
    this.#opening = null;
  }
}
