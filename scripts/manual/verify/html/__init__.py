"""Built HTML → facts; what it shows, where it leads, what it asks for."""
