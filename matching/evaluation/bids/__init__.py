"""The second check: who bid. A firm's earlier bids are its profile, later tenders the candidates."""
