import { useMemo } from 'react';
import { RouterProvider } from 'react-router';
import { ApiProvider, type ApiSession } from '../api/ApiProvider';
import { FlashProvider } from '../components/FlashProvider';
import type { Config } from '../config/config';
import { ConfigContext } from '../config/ConfigContext';
import { createRouter } from './routes';
import { UpdateMessage } from './UpdateMessage';

/** Everything behind the sign-in. It owns its caches, so that no data of one user is left for the next. */
export default function Console({ config, session }: { config: Config; session: ApiSession }) {
  const router = useMemo(() => createRouter(config), [config]);
  return (
    <ConfigContext value={config}>
      <ApiProvider apiUrl={config.apiUrl} session={session}>
        <FlashProvider>
          <UpdateMessage />
          <RouterProvider router={router} />
        </FlashProvider>
      </ApiProvider>
    </ConfigContext>
  );
}
