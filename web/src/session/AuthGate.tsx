import type { ReactNode } from 'react';
import { Loading } from '../components/Loading';
import { useSession } from './SessionProvider';
import { SignInPage } from './SignInPage';
import type { User } from './user';

/** Shows its children to a signed-in user, and the sign-in page to everyone else. */
export function AuthGate({ children }: { children: (user: User) => ReactNode }) {
  const { state } = useSession();
  switch (state.kind) {
    case 'restoring':
      return <Loading />;
    case 'signed-out':
      return <SignInPage expired={state.expired} />;
    case 'signed-in':
      return children(state.user);
  }
}
