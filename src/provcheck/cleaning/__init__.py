"""`provcheck clean` and `restore`: files without what is not the article, and a manifest that leads back."""
