import { expose, type Endpoint } from 'comlink';
import { SESSION_CHANNEL, type SessionMessage } from './session';
import { createSessionHost } from './sessionHost';

/** The scope of a shared worker, which serves all tabs, or of a worker, which serves one. */
declare const self: Endpoint & { onconnect?: (event: MessageEvent) => void };

const channel = new BroadcastChannel(SESSION_CHANNEL);
const { forget, ...host } = createSessionHost((message: SessionMessage) => channel.postMessage(message));

// A channel doesn't deliver to its own sender, so this is another host's sign-out.
channel.addEventListener('message', ({ data }) => {
  if (data === 'signed-out') forget();
});

if ('onconnect' in self) {
  self.onconnect = ({ ports: [port] }) => {
    if (port) expose(host, port);
  };
} else {
  expose(host, self);
}
