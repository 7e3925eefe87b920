"""Records as JSON. Every field is named: what a record comes to know later is told nobody by itself."""
