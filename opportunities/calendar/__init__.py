"""The dates of opportunities as events, and events as an iCalendar file (RFC 5545). Pure."""
