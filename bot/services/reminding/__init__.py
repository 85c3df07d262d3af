"""In time: each ladder, what a tick finds due, periods, pauses, pressing, the weekly digest."""
