"""What happens to a task: given, received, reported on, confirmed or returned, steered, moved elsewhere."""
