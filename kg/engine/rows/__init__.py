"""What the processes of a cluster do with rows: pure functions on frames of bounded size.

They know nothing of who brings the rows together (`kg.engine.spark`).
"""
