"""Whose article it is: agencies, datelines, bylines, sign-offs, credits and the outlets it cites."""
