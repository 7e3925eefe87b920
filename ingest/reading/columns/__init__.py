"""Tables whose columns nobody has told us about: what each seems to hold, and why we think so."""
