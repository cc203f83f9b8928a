"""Measuring the extractor against hand-made records: shared by the scripts beside this package."""
