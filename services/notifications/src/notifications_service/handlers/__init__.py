"""One file per Lambda function: parse, call the use case, answer."""
