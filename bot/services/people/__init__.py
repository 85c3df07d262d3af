"""Who people are to the office: they join, are led, follow tasks, cover, leave, are forgotten."""
