"""Measurements, as ratios against a named peer in the same run; timings never decide a test."""
