"""Documents as they are stored, and how what a plan changes of them is written."""
