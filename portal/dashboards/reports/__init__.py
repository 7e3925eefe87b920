"""What Setu leads to, for the office and Team Sweden: numbers of five companies or more, and no names."""
