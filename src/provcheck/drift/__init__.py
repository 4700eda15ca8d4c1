"""What changed between the documents of one story: names, quotes, figures."""
