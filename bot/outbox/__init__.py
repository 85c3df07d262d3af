"""Claims, keeps to Telegram's pace, sends, retries, records. Nothing lost; at most one repeat a chat and kill."""
