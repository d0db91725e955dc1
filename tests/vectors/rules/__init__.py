"""The documented rules of requests, replies and signatures, written down a second time, in Python."""
