"""What every room knows: the model with its labels and spans, diagnostics, names of outputs."""
