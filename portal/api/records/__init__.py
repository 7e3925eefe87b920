"""What the API tells of one thing, put together from what several apps know of it."""
