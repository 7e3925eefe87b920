"""What stands behind ./setu: starting, watching and stopping everything, and the test run."""
