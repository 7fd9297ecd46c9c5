"""One plain-text class manual, every handout: source → model → pages → site → verified."""
