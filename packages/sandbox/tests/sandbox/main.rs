//! The sandbox over real HTTP, on loopback.

mod after_sale;
mod alibaba;
mod answers;
mod browser;
mod clock;
mod drift;
mod faults;
mod headers;
mod host;
mod late;
mod ledger;
mod pages;
mod pushes;
mod reference_page;
mod refusals;
mod replies;
mod requests;
mod server;
mod settlement;
mod shopper;
mod state;
mod state_file;
mod taobao;
mod transitions;
mod users;
