"""What stands, read and not changed: assignments as people see them, lists, counts, the past, the record."""
