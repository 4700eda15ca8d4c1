"""Outputs: pure functions of what a scan found. None of them prints, opens or exits."""
