import type { FlashbarProps } from '@cloudscape-design/components/flashbar';
import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react';

type Message = FlashbarProps.MessageDefinition;

interface Flashes {
  messages: Message[];
  /** Shows a message on top; one with the same id takes the old one's place. */
  show: (message: Omit<Message, 'onDismiss' | 'dismissible'> & { id: string }) => void;
  dismiss: (id: string) => void;
  /** Says for a while that something the person did went well. */
  confirm: (text: string) => void;
}

/** How long a confirmation stays (ms). What the person did not cause stays until dismissed. */
const CONFIRMATION_MS = 8_000;

const FlashContext = createContext<Flashes | null>(null);

export function FlashProvider({ children }: { children: ReactNode }) {
  const [messages, setMessages] = useState<Message[]>([]);
  const dismiss = useCallback((id: string) => setMessages((all) => all.filter((one) => one.id !== id)), []);
  const show = useCallback<Flashes['show']>(
    (message) => {
      const whole: Message = {
        ...message,
        dismissible: true,
        dismissLabel: 'Dismiss',
        onDismiss: () => dismiss(message.id),
      };
      setMessages((all) => [whole, ...all.filter((one) => one.id !== message.id)]);
    },
    [dismiss],
  );
  const confirm = useCallback(
    (text: string) => {
      const id = `confirmation-${crypto.randomUUID()}`;
      show({ id, type: 'success', content: text });
      setTimeout(() => dismiss(id), CONFIRMATION_MS);
    },
    [show, dismiss],
  );
  const flashes = useMemo(() => ({ messages, show, dismiss, confirm }), [messages, show, dismiss, confirm]);
  return <FlashContext value={flashes}>{children}</FlashContext>;
}

export function useFlashes(): Flashes {
  const flashes = useContext(FlashContext);
  if (!flashes) throw new Error('useFlashes needs a FlashProvider above it');
  return flashes;
}
