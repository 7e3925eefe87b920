"""Every component in every state that matters, for eyes and for the browser's tests.

All of it is made up, and nothing is read from the database: rows are built and never saved. It stands above
the apps since it shows what belongs to all of them.
"""
