"""Whether a source gives what it usually gives. Pure: told what it gave, tells what is odd about it."""
