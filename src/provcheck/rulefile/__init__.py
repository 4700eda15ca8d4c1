"""A YAML file of rules into typed values, each mistake with its place."""
