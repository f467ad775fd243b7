import { Suspense, type ReactNode } from 'react';
import { lazyPart } from '../components/lazyPart';
import { Loading } from '../components/Loading';
import { OfflineBanner } from './OfflineBanner';
import './session.css';
import { useSession } from './SessionProvider';
import { SignedOutPage } from './SignedOutPage';
import type { User } from './user';

const ExpiredDialog = lazyPart(async () => (await import('./ExpiredDialog')).ExpiredDialog);

/** Shows its children to a user with a session, also after it has expired, and the sign-in page to everyone else. */
export function AuthGate({ children }: { children: (user: User) => ReactNode }) {
  const { state } = useSession();
  switch (state.kind) {
    case 'restoring':
    case 'leaving':
      return <Loading />;
    case 'signed-out':
      return <SignedOutPage />;
    case 'failed':
      return <SignedOutPage failure={state.message} />;
    case 'signed-in':
    case 'expired':
      return (
        <>
          {children(state.user)}
          <div className="session-banners">
            <OfflineBanner />
            <Suspense fallback={null}>{state.kind === 'expired' && <ExpiredDialog />}</Suspense>
          </div>
        </>
      );
  }
}
