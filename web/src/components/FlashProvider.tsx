import i18next from 'i18next';
import type { FlashbarProps } from '@cloudscape-design/components/flashbar';
import { createContext, useCallback, useContext, useMemo, useState, type ReactNode } from 'react';

type Message = FlashbarProps.MessageDefinition;

interface Flashes {
  messages: Message[];
  /** Show a message above all others. It replaces a message with the same id. */
  show: (message: Omit<Message, 'onDismiss' | 'dismissible'> & { id: string }) => void;
  dismiss: (id: string) => void;
  /** Confirm for a few seconds that an action succeeded. */
  showSuccess: (text: string) => void;
  /** Report that an action failed. Stays until the user dismisses it. */
  showError: (header: string, text: string) => void;
}

/** How long a confirmation stays (ms). */
const CONFIRMATION_MS = 8_000;

const FlashContext = createContext<Flashes | null>(null);

export function FlashProvider({ children }: { children: ReactNode }) {
  const [messages, setMessages] = useState<Message[]>([]);
  const dismiss = useCallback((id: string) => {
    setMessages((current) => current.filter((message) => message.id !== id));
  }, []);
  const show = useCallback<Flashes['show']>(
    (message) => {
      const dismissible: Message = {
        ...message,
        dismissible: true,
        dismissLabel: i18next.t('components:dismiss'),
        onDismiss: () => dismiss(message.id),
      };
      setMessages((current) => [dismissible, ...current.filter(({ id }) => id !== message.id)]);
    },
    [dismiss],
  );
  const showSuccess = useCallback(
    (text: string) => {
      const id = `success-${crypto.randomUUID()}`;
      show({ id, type: 'success', content: text });
      setTimeout(() => dismiss(id), CONFIRMATION_MS);
    },
    [show, dismiss],
  );
  const showError = useCallback(
    (header: string, text: string) => {
      show({ id: `error-${crypto.randomUUID()}`, type: 'error', header, content: text });
    },
    [show],
  );
  const flashes = useMemo(
    () => ({ messages, show, dismiss, showSuccess, showError }),
    [messages, show, dismiss, showSuccess, showError],
  );
  return <FlashContext value={flashes}>{children}</FlashContext>;
}

export function useFlashes(): Flashes {
  const flashes = useContext(FlashContext);
  if (!flashes) throw new Error('useFlashes must be used inside FlashProvider');
  return flashes;
}
