"""HTTP APIs on Lambda: requests, routes, responses, problem details, OpenAPI."""
