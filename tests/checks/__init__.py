"""Run in other environments: by libraries that read our files and never meet our code."""
