"""Words that ship with the package: news agencies, and how common each word is in news."""
