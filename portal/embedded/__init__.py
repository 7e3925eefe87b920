"""PostgreSQL and Valkey out of Python wheels, run as children of ours. Knows nothing of Django."""
