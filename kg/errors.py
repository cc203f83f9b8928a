"""Every error that this package raises on purpose: one root, few children.

Each message is one sentence that names the file (and line, where there is one) and what to do.
"""


class KgError(Exception):
    """The root: catch this to catch everything that the package raises on purpose."""


class ArticleError(KgError):
    """An article file that cannot be read as an article."""


class LexiconError(KgError):
    """A lexicon, gazetteer or ontology file with a bad row or term."""


class LoadError(KgError):
    """A triple store that cannot be reached, that refuses, or that does not hold what was sent to it."""


class ModelError(KgError):
    """Language model files that are missing or are not the ones we verified."""


class OutputError(KgError):
    """An output folder that cannot be written, or a build that is not there to be read."""


class QueryError(KgError):
    """A SPARQL query that does not parse, or a name that no query or claim has."""
