"""Manual → the Markdown pages of the site."""
