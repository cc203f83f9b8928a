"""Where: the names of places in a sentence, how fine each is, what lies in what, and what happened there."""
