const WORDS: Record<string, string> = {
  NotAuthorizedException: 'The e-mail or the password is wrong.',
  UserNotFoundException: 'The e-mail or the password is wrong.',
  UserNotConfirmedException: 'This account is not confirmed yet. Ask your administrator.',
  PasswordResetRequiredException: 'Your password must be reset first. Ask your administrator.',
  InvalidPasswordException: 'This password does not meet the rules of your organisation.',
  TooManyRequestsException: 'Too many attempts. Wait a minute, then try again.',
  LimitExceededException: 'Too many attempts. Wait a minute, then try again.',
  ResourceNotFoundException:
    'The console points at a user pool that does not exist. Tell your administrator.',
};

const LOCKED = /attempts exceeded/i;

/** Whether the error means that no answer came, rather than a refusal. */
export function isNetworkError(error: unknown): boolean {
  const { name = '', message = '' } = (error ?? {}) as { name?: string; message?: string };
  return name === 'NetworkError' || error instanceof TypeError || /network/i.test(message);
}

/** What a failed sign-in says to the person, from what Cognito threw. */
export function signInErrorMessage(error: unknown): string {
  const { name = '', message = '' } = (error ?? {}) as { name?: string; message?: string };
  if (isNetworkError(error)) {
    return 'The sign-in service cannot be reached. Check your connection, then try again.';
  }
  if (LOCKED.test(message)) return 'Too many attempts. Wait a minute, then try again.';
  if (name === 'NotAuthorizedException' && /disabled/i.test(message)) return 'This account is disabled.';
  return WORDS[name] ?? (message || 'Signing in failed. Try again.');
}
