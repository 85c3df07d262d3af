"""Updates are committed before they are confirmed, then handled one by one, oldest first in each chat."""
