"""source_manual/ → (manual, diagnostics): files to a model, whatever they hold, then checks."""
