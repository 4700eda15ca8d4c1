"""What is between documents: groups, stories and outlets, the rules that look across them, two documents side by side."""
