//! The server as people and programs use it, in one binary.

mod browser;
mod driver;
mod hostile;
mod http;
mod paint;
mod searches;
mod shop;
mod stream;
#[path = "../../examples/synthetic/mod.rs"]
mod synthetic;
