import type { Config } from '../config/config';

/**
 * Revoke a refresh token, so that a copy of it is worthless. Never throws: the user has left already.
 *
 * `CognitoUser.signOut(callback)` also revokes, but it keeps the stored tokens until Cognito responds, refreshes an
 * expired session first, and keeps the tokens for good if that refresh fails.
 */
export async function revokeRefreshToken(
  { cognitoEndpoint, region, userPoolClientId }: Config,
  refreshToken: string,
): Promise<void> {
  try {
    await fetch(cognitoEndpoint || `https://cognito-idp.${region}.amazonaws.com/`, {
      method: 'POST',
      // The request survives closing the tab.
      keepalive: true,
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'AWSCognitoIdentityProviderService.RevokeToken',
      },
      body: JSON.stringify({ Token: refreshToken, ClientId: userPoolClientId }),
    });
  } catch {
    // The token expires by itself, and this browser no longer has it.
  }
}
