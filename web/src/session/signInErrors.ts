import { isNetworkError } from '../api/problem';

const MESSAGES: Record<string, string> = {
  NotAuthorizedException: 'The email or password is incorrect.',
  UserNotFoundException: 'The email or password is incorrect.',
  UserNotConfirmedException: "This account isn't confirmed yet. Contact your administrator.",
  PasswordResetRequiredException: 'You need to reset your password first. Contact your administrator.',
  InvalidPasswordException: "This password doesn't meet your organization's password rules.",
  TooManyRequestsException: 'Too many attempts. Wait a minute, then try again.',
  LimitExceededException: 'Too many attempts. Wait a minute, then try again.',
  ResourceNotFoundException:
    "The console is configured for a user pool that doesn't exist. Contact your administrator.",
};

/** Return the message for a failed sign-in from the error that Cognito threw. */
export function signInErrorMessage(error: unknown): string {
  const { name = '', message = '' } = (error ?? {}) as { name?: string; message?: string };
  if (isNetworkError(error)) {
    return "Can't connect to the sign-in service. Check your connection, then try again.";
  }
  // Cognito has no error of its own for these two.
  if (/attempts exceeded/i.test(message)) return 'Too many attempts. Wait a minute, then try again.';
  if (name === 'NotAuthorizedException' && /disabled/i.test(message)) {
    return 'This account is disabled. Contact your administrator.';
  }
  return MESSAGES[name] ?? (message || 'Sign-in failed. Try again.');
}
