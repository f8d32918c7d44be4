//! The namespaces that a connection is in, and those that it was in.

use std::sync::Arc;

use super::hub::Hub;
use super::socket::Socket;

/// What a connection has joined. It is taken out of the hub also when the connection's task is aborted, or panics while it takes
/// leave of them.
pub(crate) struct Joined<D> {
    hub: Hub,
    sockets: Vec<Socket<D>>,
    /// Namespaces that were left: events of theirs may have been on the way.
    left: Vec<Arc<str>>,
    /// How many of those are remembered.
    most: usize,
}

impl<D> Joined<D> {
    pub(crate) fn new(hub: Hub, most: usize) -> Self {
        Self { hub, sockets: Vec::new(), left: Vec::new(), most }
    }

    pub(crate) fn len(&self) -> usize {
        self.sockets.len()
    }

    pub(crate) fn find(&self, namespace: &str) -> Option<&Socket<D>> {
        self.sockets.iter().find(|socket| socket.namespace() == namespace)
    }

    /// Whether a namespace was left and not joined again.
    pub(crate) fn has_left(&self, namespace: &str) -> bool {
        self.left.iter().any(|other| **other == *namespace)
    }

    pub(crate) fn add(&mut self, socket: Socket<D>) {
        self.left.retain(|other| **other != *socket.namespace());
        self.sockets.push(socket);
    }

    /// Takes out a socket, whose namespace is left.
    pub(crate) fn leave(&mut self, is_it: impl Fn(&Socket<D>) -> bool) -> Option<Socket<D>> {
        let at = self.sockets.iter().position(is_it)?;
        let socket = self.sockets.swap_remove(at);
        if self.left.len() >= self.most {
            self.left.remove(0);
        }
        self.left.push(Arc::clone(&socket.link().namespace));
        Some(socket)
    }

    /// Takes out the first, where one after the other leaves and nothing more will be heard.
    pub(crate) fn next(&mut self) -> Option<Socket<D>> {
        if self.sockets.is_empty() { None } else { Some(self.sockets.remove(0)) }
    }
}

impl<D> Drop for Joined<D> {
    fn drop(&mut self) {
        for socket in &self.sockets {
            self.hub.remove(socket.link(), false);
        }
    }
}
