"""Pages → site: MkDocs builds it, and then it is finished, packed and made to work offline."""
