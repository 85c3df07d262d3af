"""The only place that knows a service's errors and limits. Telegram now; e-mail and Zalo later."""
