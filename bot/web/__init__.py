"""What the bot answers over HTTP: how it is (`/healthz`), and figures for Prometheus (`/metrics`)."""
