import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Loading } from '../components/Loading';
import { loadConfig, type Config } from './config';

/** Loads the deployment's configuration and passes it to its children. */
export function ConfigGate({ children }: { children: (config: Config) => ReactNode }) {
  const config = useQuery({
    queryKey: ['config'],
    queryFn: () => loadConfig(),
    staleTime: Infinity,
    retry: false,
  });
  if (config.isPending) return <Loading />;
  if (config.isError) {
    return (
      <Box padding="xxxl">
        <div role="alert">
          <Alert
            type="error"
            header="The console isn't configured"
            action={
              <Button loading={config.isFetching} onClick={() => void config.refetch()}>
                Try again
              </Button>
            }
          >
            {config.error.message} The deployment creates this file next to index.html.
          </Alert>
        </div>
      </Box>
    );
  }
  return children(config.data);
}
