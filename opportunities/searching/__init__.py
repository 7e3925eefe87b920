"""What a person looks for among opportunities: one definition for page, export, feed and saved search."""
