"""Arrays that serve several rooms: distinct values, hash tables, columns of words, compiled loops."""
