"""What is told to everyone, in formats that others' programs read. Pure: told records in, documents out."""
