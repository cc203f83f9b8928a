"""The JSON-LD context: short names for all terms of ours, typed values, and CURIEs for those of others."""

from __future__ import annotations

import json

from rdflib import OWL, RDF, RDFS, XSD, URIRef

from kg.vocab import PREFIXES
from scripts.ontology.terms import KG, definitions, name

LANGUAGE = ("rdfs:label", "skos:prefLabel", "skos:altLabel", "skos:definition")


def context() -> bytes:
    """The context as JSON, sorted."""
    terms: dict[str, object] = {"@version": 1.1, "id": "@id", "type": "@type", **PREFIXES}
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    for kind in kinds:
        for term in sorted(t for t in definitions().subjects(RDF.type, kind) if isinstance(t, URIRef)):
            if term.startswith(KG) and name(term) in terms:
                continue  # declared as two kinds of property
            found = _definition(term, kind)
            if found is not None:
                terms[name(term)] = found
    for term in LANGUAGE:
        terms[term] = {"@id": term, "@language": "en"}
    return (json.dumps({"@context": dict(sorted(terms.items()))}, indent=2, ensure_ascii=False) + "\n").encode()


def _definition(term: URIRef, kind: URIRef) -> object:
    own = term.startswith(KG)
    curie = f"kg:{name(term)}" if own else name(term)
    if kind == OWL.Class:
        return curie if own else None
    if kind == OWL.ObjectProperty:
        return {"@id": curie, "@type": "@id"}
    if term == URIRef(KG + "notStated"):
        return {"@id": curie, "@type": "@id"}
    ranges = [each for each in definitions().objects(term, RDFS.range) if isinstance(each, URIRef)]
    if kind == OWL.DatatypeProperty and len(ranges) == 1 and ranges[0] != XSD.string:
        return {"@id": curie, "@type": name(ranges[0])}
    return curie if own else None
