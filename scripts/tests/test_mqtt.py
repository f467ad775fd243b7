"""The signed path that opens the WebSocket."""

from urllib.parse import parse_qs, urlsplit

from botocore.auth import SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from local_cloud.mqtt import presigned_path

KEYS = {"accessKeyId": "ASIAEXAMPLE", "secretAccessKey": "secret/key+1", "sessionToken": "a token/+="}
SESSION = {"endpoint": "abc-ats.iot.us-east-1.localhost:4566", "region": "us-east-1", "credentials": KEYS}


def test_the_signature_covers_the_query_without_the_session_token() -> None:
    url = urlsplit(presigned_path(SESSION))
    query = {name: values[0] for name, values in parse_qs(url.query).items()}
    assert url.path == "/mqtt"
    assert query["X-Amz-Security-Token"] == "a token/+="
    assert query["X-Amz-SignedHeaders"] == "host"
    assert "/us-east-1/iotdevicegateway/" in query["X-Amz-Credential"]

    signed = url.query.partition("&X-Amz-Signature")[0]
    request = AWSRequest("GET", f"https://{SESSION['endpoint']}/mqtt?{signed}")
    request.context["timestamp"] = query["X-Amz-Date"]
    auth = SigV4QueryAuth(
        Credentials(KEYS["accessKeyId"], KEYS["secretAccessKey"]), "iotdevicegateway", "us-east-1"
    )
    canonical = auth.canonical_request(request)
    assert query["X-Amz-Signature"] == auth.signature(auth.string_to_sign(request, canonical), request)
    # AWS IoT expects the hash of an empty body.
    assert canonical.endswith("\ne3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
