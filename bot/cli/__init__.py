"""The `dondoc` commands: read arguments, call one service or query, print. Messages go to standard error."""
