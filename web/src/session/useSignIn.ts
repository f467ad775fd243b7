import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { NewPasswordRequired, SignedIn } from './cognitoIdentityProvider';
import { useSession } from './SessionProvider';
import { signInErrorMessage } from './signInErrors';

/** The two ways into a session: e-mail and password, or a new password when Cognito asks for one. */
export function useSignIn() {
  const { identity, enter } = useSession();
  const [challenge, setChallenge] = useState<NewPasswordRequired | null>(null);

  const settle = (outcome: SignedIn | NewPasswordRequired) => {
    if (outcome.kind === 'user') enter(outcome.user);
    else setChallenge(outcome);
  };
  const attempt = useMutation({
    mutationFn: (with_: { email: string; password: string }) =>
      challenge ? challenge.choose(with_.password) : identity.signIn(with_.email.trim(), with_.password),
    onSuccess: settle,
  });

  return {
    choosesPassword: challenge !== null,
    submit: attempt.mutate,
    isBusy: attempt.isPending,
    failure: attempt.isError ? signInErrorMessage(attempt.error) : null,
  };
}
