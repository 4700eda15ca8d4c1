"""Text primitives: lines, words, sentences, quotes, dates, addresses, patterns. All offsets are code points of the whole text."""
