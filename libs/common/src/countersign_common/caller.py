"""Who calls: read from the claims that API Gateway's JWT authorizer has verified."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from countersign_common.problems import Problem


@dataclass(frozen=True)
class Caller:
    """A signed-in user.

    Attributes:
        user_id: the Cognito `sub`.
        name: to show; the e-mail address where the user has no name.
        groups: the names in `cognito:groups`.
        source_ip, user_agent: of the request.
    """

    user_id: str
    name: str
    email: str
    groups: frozenset[str] = frozenset()
    source_ip: str = ""
    user_agent: str = ""

    def is_in(self, group: str) -> bool:
        """Whether the caller's token names the group."""
        return group in self.groups

    @property
    def principals(self) -> frozenset[str]:
        """What the caller can be named by in a list of participants: `user:<id>` and `group:<name>`."""
        return frozenset({f"user:{self.user_id}"} | {f"group:{name}" for name in self.groups})


def caller_of(event: Mapping[str, Any]) -> Caller:
    """The user who makes an HTTP API request (payload format 2.0).

    Raises:
        Problem: 401 without claims; 403 for a token that is no user's ID token.
    """
    context = event.get("requestContext", {})
    claims = context.get("authorizer", {}).get("jwt", {}).get("claims")
    if not claims or not claims.get("sub"):
        raise Problem(401, "unauthenticated", "The request carries no verified token.")
    # An access token passes the authorizer too (its client_id is checked instead of aud), but has no e-mail.
    if claims.get("token_use") != "id":
        raise Problem(403, "id-token-required", "Users call with their ID token, not with an access token.")
    http = context.get("http", {})
    return Caller(
        user_id=claims["sub"],
        name=claims.get("name") or claims.get("email", ""),
        email=claims.get("email", ""),
        groups=groups_of(claims.get("cognito:groups")),
        source_ip=http.get("sourceIp", ""),
        user_agent=http.get("userAgent", ""),
    )


def groups_of(claim: Any) -> frozenset[str]:
    """The group names in a `cognito:groups` claim.

    An HTTP API hands an array claim on as the text `[users approvers]`. A Cognito group's name has no space, but may
    have a comma: who is in `sales,admins` is not in `admins`.
    """
    if claim is None:
        return frozenset()
    if isinstance(claim, str):
        inner = claim[1:-1] if claim.startswith("[") and claim.endswith("]") else claim
        return frozenset(inner.split())
    return frozenset(str(name) for name in claim)
