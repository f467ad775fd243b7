import { describe, expect, it } from 'vitest';
import { signInErrorMessage } from './signInErrors';

const cognitoError = (name: string, message = '') => Object.assign(new Error(message), { name });

describe('the message for a failed sign-in', () => {
  it('does not reveal whether the email exists', () => {
    expect(signInErrorMessage(cognitoError('UserNotFoundException'))).toBe(
      signInErrorMessage(cognitoError('NotAuthorizedException')),
    );
  });

  it.each([
    [cognitoError('NotAuthorizedException', 'Password attempts exceeded'), 'Too many attempts'],
    [cognitoError('NotAuthorizedException', 'User is disabled.'), 'disabled'],
    [cognitoError('NetworkError', 'Network error'), "Can't connect"],
    [cognitoError('InvalidPasswordException'), "your organization's password rules"],
    [cognitoError('SomethingNew', 'Its own message'), 'Its own message'],
    [undefined, 'Sign-in failed'],
  ])('says what to do about %s', (error, expected) => {
    expect(signInErrorMessage(error)).toContain(expected);
  });
});
