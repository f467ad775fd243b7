"""The engines of the component tests: how each is found, started and stopped.

| module | engine | serves | source |
|---|---|---|---|
| `localstack` | LocalStack | SQS, S3, IAM, STS, KMS, SSM, SES, events, scheduler, logs | PyPI (Python 3.13), Docker |
| `dynamodb_local` | DynamoDB Local | DynamoDB | Maven Central, on Java 17 |
| `opensearch_node` | OpenSearch | search | Maven Central, on Java 21 |
| `local_cloud_engines` | MiniStack, osmem-server | everything else, and what has no other engine here | PyPI |
| `external` | the endpoint in AWS_ENDPOINT_URL | every AWS service | the caller |

If an engine is missing, the tests run on the others. `EngineRegistry.report` says which engine is missing and why.
"""
