"""JSON Schema (draft 2020-12): whether a value matches a schema, and the errors where it does not."""
