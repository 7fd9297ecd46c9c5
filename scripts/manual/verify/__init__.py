"""Built outputs → proof: every word, step and safety note of the model is in each, in order."""
