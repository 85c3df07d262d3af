"""What is to be said, as rows: notices, whom they reach, what makes one pointless, what waits a minute."""
