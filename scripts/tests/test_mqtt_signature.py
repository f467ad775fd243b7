"""The signature that opens the WebSocket is the one AWS computes."""

import hashlib
from datetime import UTC, datetime
from urllib.parse import parse_qs, urlsplit

from botocore.auth import SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from local_cloud.mqtt import presigned_path

KEYS = {"accessKeyId": "ASIAEXAMPLE", "secretAccessKey": "secret/key+1", "sessionToken": "a token/+="}
SESSION = {"endpoint": "abc-ats.iot.us-east-1.localhost:4566", "region": "us-east-1", "credentials": KEYS}


class EmptyBodySigner(SigV4QueryAuth):
    """botocore's presigner with the payload hash that AWS IoT wants, the empty body's."""

    def payload(self, request: AWSRequest) -> str:
        del request
        return hashlib.sha256(b"").hexdigest()


def test_it_is_botocores_signature_with_the_token_added_after_signing() -> None:
    path = presigned_path(SESSION, datetime.now(UTC))
    query = {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}

    reference = AWSRequest("GET", f"ws://{SESSION['endpoint']}/mqtt", headers={"host": SESSION["endpoint"]})
    reference.context["timestamp"] = query["X-Amz-Date"]
    credentials = Credentials(KEYS["accessKeyId"], KEYS["secretAccessKey"])
    auth = EmptyBodySigner(credentials, "iotdevicegateway", "us-east-1", expires=300)
    signed = urlsplit(path).query.partition("&X-Amz-Signature")[0]
    reference.url = f"{reference.url}?{signed}"
    canonical = auth.canonical_request(reference)
    assert query["X-Amz-Signature"] == auth.signature(auth.string_to_sign(reference, canonical), reference)
    assert query["X-Amz-Security-Token"] == "a token/+="
