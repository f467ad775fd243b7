import { describe, expect, it } from 'vitest';
import { signInErrorMessage } from './signInErrors';
import { isAuditor, userFromClaims } from './user';

const thrown = (name: string, message = '') => Object.assign(new Error(message), { name });

describe('a failed sign-in', () => {
  it('does not tell whether the e-mail exists', () => {
    expect(signInErrorMessage(thrown('UserNotFoundException'))).toBe(
      signInErrorMessage(thrown('NotAuthorizedException')),
    );
  });

  it.each([
    [thrown('NotAuthorizedException', 'Password attempts exceeded'), 'Too many attempts'],
    [thrown('NotAuthorizedException', 'User is disabled.'), 'disabled'],
    [thrown('NetworkError', 'Network error'), 'cannot be reached'],
    [thrown('InvalidPasswordException'), 'rules of your organisation'],
    [thrown('SomethingNew', 'Its own words'), 'Its own words'],
    [undefined, 'Signing in failed'],
  ])('says what to do about %s', (error, words) => {
    expect(signInErrorMessage(error)).toContain(words);
  });
});

describe('the user in the ID token', () => {
  it('has the sub as userId, a name and the groups', () => {
    const user = userFromClaims({
      sub: 'u-1',
      email: 'a@example.com',
      name: 'Ada',
      'cognito:groups': ['auditors'],
    });
    expect(user).toEqual({ userId: 'u-1', name: 'Ada', email: 'a@example.com', groups: ['auditors'] });
    expect(isAuditor(user)).toBe(true);
  });

  it('is called by the e-mail when the token names nobody, and is in no group', () => {
    const user = userFromClaims({ sub: 'u-1', email: 'a@example.com' });
    expect(user).toMatchObject({ name: 'a@example.com', groups: [] });
    expect(isAuditor(user)).toBe(false);
  });
});
