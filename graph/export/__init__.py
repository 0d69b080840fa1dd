"""Writers: a map as the text or bytes of another format, one file a format."""
