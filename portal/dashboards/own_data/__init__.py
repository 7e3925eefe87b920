"""What is kept about people and companies: handed out to them, and forgotten when they wish."""
