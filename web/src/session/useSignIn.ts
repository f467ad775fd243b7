import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { NewPasswordRequired, SignedIn } from './cognitoIdentityProvider';
import { useSession } from './SessionProvider';
import { signInErrorMessage } from './signInErrors';

/** Sign in with email and password, and with a new password if Cognito requires one. */
export function useSignIn() {
  const { identityProvider, onSignedIn } = useSession();
  const [challenge, setChallenge] = useState<NewPasswordRequired | null>(null);

  const attempt = useMutation({
    mutationFn: ({ email, password }: { email: string; password: string }) =>
      challenge ? challenge.setPassword(password) : identityProvider.signIn(email.trim(), password),
    onSuccess: (result: SignedIn | NewPasswordRequired) => {
      if (result.kind === 'signed-in') onSignedIn(result.user);
      else setChallenge(result);
    },
  });

  return {
    needsNewPassword: challenge !== null,
    submit: attempt.mutate,
    isPending: attempt.isPending,
    errorMessage: attempt.isError ? signInErrorMessage(attempt.error) : null,
  };
}
