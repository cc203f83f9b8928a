"""`kg serve`: a SPARQL 1.1 Protocol endpoint, the data's own pages and a start page over a build's store."""
