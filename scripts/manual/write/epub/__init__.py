"""Manual → EPUB, for reading apps and e-readers."""
