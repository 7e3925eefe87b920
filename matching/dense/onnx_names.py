"""What the graph's inputs are called. Apart from what makes the graph, whose library only making it needs."""

TOKENS, VISIBLE = "tokens", "visible"
