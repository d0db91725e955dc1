//! The platform on loopback.
