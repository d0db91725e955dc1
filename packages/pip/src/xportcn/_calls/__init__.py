"""The calls of the platform, in four styles."""
