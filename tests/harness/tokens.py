"""Tokens that the API must reject."""

import time
from typing import Any

import jwt

from local_cloud.people import claims_of
from local_cloud.running import RunningCloud
from repository import STATE


def with_other_claims(token: str, **claims: Any) -> str:
    """Return the token with other claims and its old signature."""
    header, _, signature = token.split(".")
    changed = jwt.encode({**claims_of(token), **claims}, "", algorithm="none")
    return ".".join((header, changed.split(".")[1], signature))


def unsigned(token: str) -> str:
    """Return the token with `alg: none`: the same claims and no signature."""
    header = {**jwt.get_unverified_header(token), "alg": "none"}
    return jwt.encode(claims_of(token), "", algorithm="none", headers=header)


def issued(cloud: RunningCloud, token: str, *, seconds_ago: int) -> str:
    """Return the token as if the user pool had issued it that long ago, with a valid signature.

    No token of Cognito expires during a test, so this one is signed with the emulator's key of the pool.
    """
    claims, at = claims_of(token), int(time.time()) - seconds_ago
    times = {"iat": at, "auth_time": at, "exp": at + claims["exp"] - claims["iat"]}
    keys = STATE / cloud.record.name / "ministack" / "state" / "cognito-pool-keys"
    key = (keys / f"{cloud.outputs['user_pool_id']}-id.pem").read_bytes()
    return jwt.encode({**claims, **times}, key, algorithm="RS256", headers=jwt.get_unverified_header(token))
