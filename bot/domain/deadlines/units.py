"""Units of time, folded, as the rules and slots number them."""

UNITS = ("ngay", "tuan", "thang", "quy", "nam", "gio")
