"""What a line says and where it stands: features, a small learned model, and its reasons in words."""
