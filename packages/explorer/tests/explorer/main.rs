//! The explorer as a browser sees it, before a real sandbox.

mod calls;
mod guard;
mod page;
mod samples;
mod sandbox;
mod scenarios;
mod secrets;
