"""Word block files in the Verbatim style: pockets, hats, blocks, tags, cites and cards."""
