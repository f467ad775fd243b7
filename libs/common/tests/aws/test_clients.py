"""boto3 clients: time-outs and retries."""

import time

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, ReadTimeoutError
from countersign_common.aws import clients

from .fake_endpoint import aws_error, running

FACTORIES = {
    "dynamodb": clients.dynamodb_client,
    "s3": clients.s3_client,
    "sqs": clients.sqs_client,
    "cognito-idp": clients.cognito_client,
    "iot-data": lambda **options: clients.iot_data_client("https://iot.example.com", **options),
    "sts": clients.sts_client,
}


@pytest.fixture(autouse=True)
def no_pause_between_retries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("botocore.retries.standard.ExponentialBackoff.delay_amount", lambda *_: 0)


@pytest.mark.parametrize("service", FACTORIES)
def test_clients_have_time_outs_and_standard_retries(service):
    client = FACTORIES[service]()
    config = client.meta.config
    assert client.meta.service_model.service_name in {service, "iot"}
    assert config.connect_timeout == clients.CONNECT_TIMEOUT_SECONDS
    assert 1 <= config.read_timeout <= 5
    assert config.retries["mode"] == "standard"
    assert 2 <= config.retries["total_max_attempts"] <= 3


@pytest.mark.parametrize(
    ("service", "read_timeout", "attempts", "validates"),
    [
        ("dynamodb", 3, 3, False),
        ("s3", 5, 3, True),
        ("sqs", 2, 2, False),
        ("cognito-idp", 3, 2, True),
        ("iot-data", 2, 2, True),
        ("sts", 3, 2, True),
    ],
)
def test_each_client_has_its_defaults(monkeypatch, service, read_timeout, attempts, validates):
    configs = []

    def config_of(**options):
        configs.append(options)
        return Config(**options)

    monkeypatch.setattr(clients, "Config", config_of)
    FACTORIES[service]()
    (config,) = configs
    assert (config["read_timeout"], config["retries"]["total_max_attempts"]) == (read_timeout, attempts)
    assert config["parameter_validation"] is validates


@pytest.mark.parametrize("service", ["dynamodb", "iot-data"])
def test_number_of_connections_can_be_chosen(service):
    assert FACTORIES[service]().meta.config.max_pool_connections == 10
    assert FACTORIES[service](connections=20).meta.config.max_pool_connections == 20


@pytest.mark.parametrize("service", FACTORIES)
def test_time_out_and_attempts_can_be_chosen(service):
    config = FACTORIES[service](read_timeout=7, attempts=4).meta.config
    assert (config.read_timeout, config.retries["total_max_attempts"]) == (7, 4)


def test_clients_of_one_container_share_a_session():
    assert clients.session() is clients.session()


def test_iot_client_has_the_given_endpoint():
    assert clients.iot_data_client("https://iot.example.com").meta.endpoint_url == "https://iot.example.com"


def test_sts_client_has_the_endpoint_of_its_region():
    assert clients.sts_client().meta.endpoint_url == "https://sts.eu-central-1.amazonaws.com"


def test_credentials_are_those_of_the_environment():
    assert clients.credentials().access_key == "test"


def test_missing_credentials_are_an_error(monkeypatch):
    monkeypatch.setattr(boto3.Session, "get_credentials", lambda _: None)
    with pytest.raises(RuntimeError, match="No AWS credentials"):
        clients.credentials()


@pytest.mark.parametrize(
    "error",
    [
        aws_error("ThrottlingException"),
        aws_error("ProvisionedThroughputExceededException"),
        aws_error("RequestLimitExceeded"),
        aws_error("InternalServerError", 500),
        aws_error("ServiceUnavailable", 503),
    ],
    ids=lambda error: error[1]["__type"],
)
def test_throttled_or_failed_call_is_sent_again(monkeypatch, error):
    with running(error, error, (200, {"Item": {"id": {"S": "a"}}})) as endpoint:
        monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", endpoint.url)
        response = clients.dynamodb_client().get_item(TableName="t", Key={"id": {"S": "a"}})
    assert response["Item"] == {"id": {"S": "a"}}
    assert endpoint.requests == [{"TableName": "t", "Key": {"id": {"S": "a"}}}] * 3


def test_call_that_stays_throttled_fails_after_all_attempts(monkeypatch):
    with running(aws_error("ThrottlingException")) as endpoint:
        monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", endpoint.url)
        with pytest.raises(ClientError, match="ThrottlingException"):
            clients.dynamodb_client(attempts=2).get_item(TableName="t", Key={"id": {"S": "a"}})
    assert len(endpoint.requests) == 2


def test_throttled_sqs_call_is_sent_again(monkeypatch):
    sent = {"MessageId": "m", "MD5OfMessageBody": "eccbc87e4b5ce2fe28308fd9f2a7baf3"}
    with running(aws_error("ThrottlingException"), (200, sent)) as endpoint:
        monkeypatch.setenv("AWS_ENDPOINT_URL_SQS", endpoint.url)
        clients.sqs_client().send_message(QueueUrl=f"{endpoint.url}/1/q", MessageBody="3")
    assert len(endpoint.requests) == 2


def test_throttled_cognito_call_is_sent_again(monkeypatch):
    with running(aws_error("ThrottlingException"), (200, {"Users": []})) as endpoint:
        monkeypatch.setenv("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", endpoint.url)
        clients.cognito_client().list_users_in_group(UserPoolId="eu-central-1_a", GroupName="finance")
    assert len(endpoint.requests) == 2


def test_throttled_publish_to_iot_is_sent_again():
    with running(aws_error("ThrottlingException", 429), (200, {})) as endpoint:
        clients.iot_data_client(endpoint.url).publish(topic="notifications-1", payload=b"{}")
    assert len(endpoint.requests) == 2


def test_error_that_a_retry_does_not_fix_is_not_sent_again(monkeypatch):
    with running(aws_error("ValidationException")) as endpoint:
        monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", endpoint.url)
        with pytest.raises(ClientError, match="ValidationException"):
            clients.dynamodb_client().get_item(TableName="t", Key={"id": {"S": "a"}})
    assert len(endpoint.requests) == 1


def test_call_without_a_response_fails_after_the_read_time_out(monkeypatch):
    with running((200, {}), delay_seconds=3) as endpoint:
        monkeypatch.setenv("AWS_ENDPOINT_URL_DYNAMODB", endpoint.url)
        client = clients.dynamodb_client(read_timeout=0.2, attempts=2)
        started = time.monotonic()
        with pytest.raises(ReadTimeoutError):
            client.get_item(TableName="t", Key={"id": {"S": "a"}})
    assert time.monotonic() - started < 2.5
    assert len(endpoint.requests) == 2
