"""The implementations of the ports: the only code that knows DynamoDB and OpenSearch."""
