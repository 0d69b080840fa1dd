"""Where maps are kept: one port, an embedded engine and Neo4j behind it."""
