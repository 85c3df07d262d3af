"""`tasks.json`: checking, schema, merge. Pure: bytes and values in, values out."""
