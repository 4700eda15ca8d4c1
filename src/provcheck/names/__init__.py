"""Personal names: found in credits and in running text, and compared across spellings."""
