"""The EPUB → facts."""
