"""Tokens that ought to be refused."""

import base64
import json
import subprocess
import time
from pathlib import Path
from typing import Any

from local_cloud.running import RunningCloud
from repository import STATE


def claims_of(token: str) -> dict[str, Any]:
    """The claims in a JWT, unverified."""
    claims: dict[str, Any] = _decoded(token.split(".")[1])
    return claims


def with_other_claims(token: str, **claims: Any) -> str:
    """The token with claims changed and its signature left as it was."""
    header, _, signature = token.split(".")
    return ".".join((header, _encoded({**claims_of(token), **claims}), signature))


def unsigned(token: str) -> str:
    """The token as `alg: none` forges it: same claims, no signature."""
    header = {**_decoded(token.split(".", maxsplit=1)[0]), "alg": "none"}
    return ".".join((_encoded(header), token.split(".")[1], ""))


def issued(cloud: RunningCloud, token: str, *, seconds_ago: int) -> str:
    """The same token as if the user pool had issued it that long ago, with its own true signature.

    Cognito issues no token that ends within a test's patience, so the emulator's key of the pool signs this one.
    """
    claims = claims_of(token)
    now = int(time.time())
    lifetime = claims["exp"] - claims["iat"]
    issued_at = now - seconds_ago
    times = {"iat": issued_at, "auth_time": issued_at, "exp": issued_at + lifetime}
    signed = f"{token.split('.', maxsplit=1)[0]}.{_encoded({**claims, **times})}"
    return f"{signed}.{_base64url(_signature(_pool_key(cloud), signed))}"


def _pool_key(cloud: RunningCloud) -> Path:
    keys = STATE / cloud.record.name / "ministack" / "state" / "cognito-pool-keys"
    return keys / f"{cloud.outputs['user_pool_id']}-id.pem"


def _signature(key: Path, text: str) -> bytes:
    command = ["openssl", "dgst", "-sha256", "-sign", str(key)]
    return subprocess.run(command, input=text.encode(), capture_output=True, check=True).stdout


def _decoded(part: str) -> Any:
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def _encoded(value: Any) -> str:
    return _base64url(json.dumps(value, separators=(",", ":")).encode())


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")
