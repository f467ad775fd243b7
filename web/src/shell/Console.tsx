import { useMemo } from 'react';
import { RouterProvider } from 'react-router';
import { ApiProvider, type Access } from '../api/ApiProvider';
import type { Config } from '../config/config';
import { FlashProvider } from '../components/FlashProvider';
import { createRouter } from './routes';

/** Everything behind the sign-in, with caches of its own: nothing of one person is left for the next. */
export default function Console({ config, access }: { config: Config; access: Access }) {
  const router = useMemo(() => createRouter(config), [config]);
  return (
    <ApiProvider apiUrl={config.apiUrl} access={access}>
      <FlashProvider>
        <RouterProvider router={router} />
      </FlashProvider>
    </ApiProvider>
  );
}
