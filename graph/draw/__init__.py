"""The interactive picture of a map: which tree it is drawn as, where its cards go, the page they are on."""
