//! Clients that do what no client should, with the exact outcome; and after each the server holds nothing and still serves.

#[path = "hostile/bounds.rs"]
mod bounds;
#[path = "hostile/frames.rs"]
mod frames;
#[path = "hostile/http.rs"]
mod http;
#[path = "hostile/packets.rs"]
mod packets;
#[path = "hostile/polling.rs"]
mod polling;
#[path = "hostile/slow.rs"]
mod slow;
