"""Questions about maps too large to be read whole: asked in Cypher, answered as the questions answer."""
