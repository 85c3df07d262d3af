"""What holds for the whole office: its settings, its days off, who decides, how long it was running."""
