import { createContext, useContext } from 'react';
import type { Config } from './config';

export const ConfigContext = createContext<Config | null>(null);

/** Return the configuration of the deployment. */
export function useConfig(): Config {
  const config = useContext(ConfigContext);
  if (!config) throw new Error('useConfig must be used inside ConfigContext');
  return config;
}
