/**
 * Revoke a refresh token, so that a copy of it is worthless. Never throws: the user has left already.
 *
 * It calls the Cognito API, because the emulator has no `/oauth2/revoke`.
 */
export async function revokeRefreshToken(
  cognitoEndpoint: string,
  clientId: string,
  refreshToken: string,
): Promise<void> {
  try {
    await fetch(cognitoEndpoint, {
      method: 'POST',
      // The request survives closing the last tab.
      keepalive: true,
      headers: {
        'content-type': 'application/x-amz-json-1.1',
        'x-amz-target': 'AWSCognitoIdentityProviderService.RevokeToken',
      },
      body: JSON.stringify({ Token: refreshToken, ClientId: clientId }),
    });
  } catch {
    // The token expires by itself, and this browser no longer has it.
  }
}
