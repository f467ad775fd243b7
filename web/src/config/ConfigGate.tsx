import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Spinner from '@cloudscape-design/components/spinner';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { loadConfig, type Config } from './config';

/** Shows its children once the deployment's settings are known. */
export function ConfigGate({ children }: { children: (config: Config) => ReactNode }) {
  const config = useQuery({ queryKey: ['config'], queryFn: () => loadConfig(), staleTime: Infinity });
  if (config.isPending) {
    return (
      <Box padding="xxxl" textAlign="center">
        <Spinner size="large" />
      </Box>
    );
  }
  if (config.isError) {
    return (
      <Box padding="xxxl">
        <Alert type="error" header="The console is not set up">
          {config.error.message} The deployment writes this file beside index.html.
        </Alert>
      </Box>
    );
  }
  return children(config.data);
}
