"""APScheduler only rings; what is due is decided from the database."""
