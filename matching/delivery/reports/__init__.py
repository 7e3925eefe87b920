"""What became of a mail after it was sent, as mail servers and providers report it."""
