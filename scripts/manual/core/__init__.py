"""Shared by every package: the model with its labels and spans, diagnostics, names of outputs."""
