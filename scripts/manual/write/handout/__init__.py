"""Manual → PDF handouts: for class, in large print, to fold and staple, or of chosen sections."""
