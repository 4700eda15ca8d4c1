"""Copies, rewrites and stories: sketches, candidates, verification on the texts, groups that do not chain."""
