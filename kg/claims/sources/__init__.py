"""Who says it and through whom: frames, speakers, venues → chains of attribution."""
