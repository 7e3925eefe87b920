"""How well tenders are ranked: measured with the product's own scorer, on files that are no part of it."""
