"""marshmallow schemas of the API: requests and responses."""
