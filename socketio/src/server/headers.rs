//! The headers of a request, as one text: what the HTTP library keeps would hold its whole read buffer for as long as the
//! connection lives.

use hyper::HeaderMap;

/// The headers of a request whose values are text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headers(Box<str>);

impl Headers {
    pub(crate) fn copy(headers: &HeaderMap) -> Self {
        let mut text = String::new();
        for (name, value) in headers {
            if let Ok(value) = value.to_str() {
                text.extend([name.as_str(), ":", value, "\n"]);
            }
        }
        Self(text.into_boxed_str())
    }

    /// All of them, names in lower case.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        // Neither names nor values have line ends, nor names colons.
        self.0.lines().filter_map(|line| line.split_once(':'))
    }

    /// The first value of a name, in any case.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_any_case() {
        let mut map = HeaderMap::new();
        map.append("host", "a:1".parse().unwrap());
        map.append("x-list", "one".parse().unwrap());
        map.append("x-list", "two".parse().unwrap());
        map.append("x-odd", hyper::header::HeaderValue::from_bytes(&[0xff]).unwrap());
        let headers = Headers::copy(&map);
        assert_eq!(
            (headers.get("Host"), headers.get("X-List"), headers.get("x-odd")),
            (Some("a:1"), Some("one"), None)
        );
        assert_eq!(headers.iter().count(), 3);
    }
}
