"""The caller of a request, from the claims that API Gateway's JWT authorizer verified."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from countersign_common.http.problems import ProblemError


@dataclass(frozen=True)
class Caller:
    """A signed-in user; an `Actor`.

    Attributes:
        user_id: The Cognito `sub`.
        name: The display name; the email address if the user has none.
        groups: The names in `cognito:groups`.
        source_ip, user_agent: Of the request.
    """

    user_id: str
    name: str
    email: str
    groups: frozenset[str] = frozenset()
    source_ip: str = ""
    user_agent: str = ""


def caller_of(event: Mapping[str, Any]) -> Caller:
    """Return the user who sent an HTTP API request (payload format 2.0).

    Raises:
        ProblemError: 401 without claims; 403 if the token is not a user's ID token.
    """
    context = event.get("requestContext", {})
    claims = context.get("authorizer", {}).get("jwt", {}).get("claims")
    if not claims or not claims.get("sub"):
        raise ProblemError(
            401, "unauthenticated", "The request has no verified token. Sign in and send it again."
        )
    # The authorizer also accepts access tokens (it checks their client_id instead of aud), but they have no email.
    if claims.get("token_use") != "id":
        raise ProblemError(403, "id-token-required", "Send the ID token instead of the access token.")
    http = context.get("http", {})
    return Caller(
        user_id=claims["sub"],
        name=claims.get("name") or claims.get("email", ""),
        email=claims.get("email", ""),
        groups=groups_from(claims.get("cognito:groups")),
        source_ip=http.get("sourceIp", ""),
        user_agent=http.get("userAgent", ""),
    )


def groups_from(claim: Any) -> frozenset[str]:
    """Return the group names in a `cognito:groups` claim.

    An HTTP API passes an array claim as the text `[users approvers]`. The name of a Cognito group has no spaces but may
    have commas: a member of `sales,admins` is not a member of `admins`.
    """
    if claim is None:
        return frozenset()
    if isinstance(claim, str):
        inner = claim[1:-1] if claim.startswith("[") and claim.endswith("]") else claim
        return frozenset(inner.split())
    return frozenset(str(name) for name in claim)
