"""What is known of a project before it is tendered, and what follows from it. Pure."""
