"""The engines under the component tests: how each is found, started, asked whether it is ready, and ended.

| module | engine | carries | where it comes from |
|---|---|---|---|
| `localstack` | LocalStack | SQS, S3, IAM, STS, KMS, SSM, SES, events, scheduler, logs | PyPI, on Python 3.13 |
| `container` | LocalStack | the same | its image, where Docker answers |
| `dynamodb_local` | Amazon's DynamoDB Local | DynamoDB | Maven Central, on JDK 17 |
| `opensearch_node` | OpenSearch | search | Maven Central, on JDK 21 |
| `local_cloud_engines` | MiniStack, osmem-server | all the rest, and everything whose own engine is missing | PyPI |
| `external` | whatever AWS_ENDPOINT_URL names | every AWS service | the caller |

A machine that lacks one of them runs the same cases on what it has; `EngineRegistry.report` says which and why.
"""
