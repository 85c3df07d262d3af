"""Watches the running bot, and tells those who would notice its death: systemd, a heartbeat address, the record."""
