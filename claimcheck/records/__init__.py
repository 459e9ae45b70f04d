"""Files of records (JSON Lines, CSV), read one record at a time in bounded memory."""

from claimcheck.records.rows import Fields, Row, holds_records, read_rows

__all__ = ["Fields", "Row", "holds_records", "read_rows"]
