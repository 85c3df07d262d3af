"""Agencies over time: added, renamed, merged, split, ended; what goes over from one to the next."""
