//! Namespaces with a key: as many as the values of a type, like `/rooms-{RoomId}`.

/// What a namespace with a key is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keyed<'n> {
    /// What stands before the key.
    pub before: &'n str,
    /// The named type of the key, a `string`.
    pub key: &'n str,
    /// What stands behind it.
    pub behind: &'n str,
}

impl<'n> Keyed<'n> {
    /// Of a namespace as it is written; `None` of one without a key.
    pub fn of(namespace: &'n str) -> Option<Self> {
        let (before, rest) = namespace.split_once('{')?;
        let (key, behind) = rest.split_once('}')?;
        Some(Self { before, key, behind })
    }

    /// The namespace of a key.
    pub fn with(&self, key: &str) -> String {
        format!("{}{key}{}", self.before, self.behind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_stands_between() {
        let keyed = Keyed::of("/rooms-{RoomId}/quiet").unwrap();
        assert_eq!(keyed, Keyed { before: "/rooms-", key: "RoomId", behind: "/quiet" });
        assert_eq!(keyed.with("7"), "/rooms-7/quiet");
        assert_eq!(Keyed::of("/rooms"), None);
    }
}
