"""Files, folders and streams into documents or problems; nothing is dropped in silence."""
