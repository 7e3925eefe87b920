"""The first stage: which of very many items may fit, by one score that is read by rows or by columns."""
