"""Tools for those who write rules: a first draft, the schema for editors, the examples as tests, the cost of each rule."""
