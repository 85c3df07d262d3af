"""Long runs behind `make soak`; short forms of them are in the suites."""
