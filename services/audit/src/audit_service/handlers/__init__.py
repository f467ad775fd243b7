"""One file per Lambda function, and one file of routes per resource of the API."""
