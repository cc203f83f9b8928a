"""When a claim holds, when it was said, and whether it is a running total."""
