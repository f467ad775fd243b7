"""AWS mechanics that the services share: clients, DynamoDB items and reads, transactions, SQS batches."""
