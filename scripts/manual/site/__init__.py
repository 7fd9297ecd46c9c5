"""Pages → site: the engine builds it; then it is finished, packed and made to work offline."""
