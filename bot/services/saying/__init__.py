"""From what is to be said to messages in the outbox, and what the sender does with each of them there."""
