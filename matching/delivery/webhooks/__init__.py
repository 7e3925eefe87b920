"""What happens, told to members' own systems: owed, then posted. See docs/webhooks.md."""
