"""Files around the pages: what a browser keeps offline, the downloads, the zip."""
