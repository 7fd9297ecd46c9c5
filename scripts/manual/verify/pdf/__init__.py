"""PDF handouts and printed pages → facts."""
