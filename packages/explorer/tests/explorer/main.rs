//! The explorer as a browser sees it, before a real sandbox.

mod calls;
mod guard;
mod page;
mod sandbox;
mod scenarios;
mod secrets;
