"""An archive that remembers: documents are added once, and each new one is compared with all of them."""
