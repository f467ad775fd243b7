import { createContext, useContext, useEffect, useState, type ReactNode } from 'react';

export interface Panel {
  header: string;
  content: ReactNode;
  close: () => void;
}

const PanelContext = createContext<(panel: Panel | null) => void>(() => undefined);

/** Lets a page show something in the split panel of the layout. */
export function SplitPanelProvider({ children }: { children: (panel: Panel | null) => ReactNode }) {
  const [panel, setPanel] = useState<Panel | null>(null);
  return <PanelContext value={setPanel}>{children(panel)}</PanelContext>;
}

/** Show a panel while the calling component is mounted. Memoize `panel`; null shows none. */
export function useSplitPanel(panel: Panel | null) {
  const setPanel = useContext(PanelContext);
  useEffect(() => {
    setPanel(panel);
    return () => setPanel(null);
  }, [panel, setPanel]);
}
