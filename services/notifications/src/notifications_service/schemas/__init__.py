"""marshmallow schemas of the API."""
