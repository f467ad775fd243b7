"""Shared AWS code: boto3 clients, DynamoDB items, reads and transactions, SQS batches."""
