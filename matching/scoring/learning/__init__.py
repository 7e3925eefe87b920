"""What a company's own verdicts teach about its list. Pure, and never about another company's."""
