"""Whose people were counted: owners, members and sides → allegiance."""
