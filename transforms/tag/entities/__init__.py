"""Names in a text: who, what and where, as records that can be queried."""
