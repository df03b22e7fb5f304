//! Addresses: written so that any name is one, and read back.

/// Percent-encodes all that is not plain in a path segment or a query value.
pub(crate) fn encode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

/// Undoes percent-encoding; `None` if the result is not UTF-8. `plus` reads `+` as a space, as
/// forms write it.
pub(crate) fn decode(text: &str, plus: bool) -> Option<String> {
    let mut out = Vec::with_capacity(text.len());
    let bytes = text.as_bytes();
    let mut i = 0;
    while let Some(&byte) = bytes.get(i) {
        let digits = bytes
            .get(i + 1..i + 3)
            .filter(|digits| digits.iter().all(u8::is_ascii_hexdigit))
            .and_then(|digits| std::str::from_utf8(digits).ok());
        match (byte, digits.and_then(|d| u8::from_str_radix(d, 16).ok())) {
            (b'%', Some(value)) => {
                out.push(value);
                i += 2;
            }
            (b'+', _) if plus => out.push(b' '),
            _ => out.push(byte),
        }
        i += 1;
    }
    String::from_utf8(out).ok()
}

/// A path below `/kind/`. Slashes stay where every part is a plain name.
fn below(kind: &str, name: &str) -> String {
    let plain = name
        .split('/')
        .all(|part| !part.is_empty() && part.chars().any(|c| c != '.'));
    if plain {
        let parts: Vec<String> = name.split('/').map(encode).collect();
        format!("/{kind}/{}", parts.join("/"))
    } else {
        format!("/{kind}/{}", encode(name))
    }
}

pub(crate) fn fact(id: &str) -> String {
    below("fact", id)
}

pub(crate) fn event(id: &str) -> String {
    below("event", id)
}

pub(crate) fn month(month: detente_measure::Month) -> String {
    format!("/month/{month}")
}

pub(crate) fn commitment(id: &str) -> String {
    below("commitment", id)
}

pub(crate) fn contradiction(id: &str) -> String {
    below("contradiction", id)
}

pub(crate) fn document(name: &str) -> String {
    below("document", name)
}

pub(crate) fn issue(id: &str) -> String {
    below("issue", id)
}

pub(crate) fn channel(id: &str) -> String {
    below("channel", id)
}

pub(crate) fn actor(id: &str) -> String {
    below("actor", id)
}

/// A path with a query made of those pairs that have a value.
pub(crate) fn with_query(path: &str, pairs: &[(&str, &str)]) -> String {
    let query: Vec<String> = pairs
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{}={}", encode(name), encode(value)))
        .collect();
    if query.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", query.join("&"))
    }
}

/// The pairs of a query; `None` if it is not UTF-8.
pub(crate) fn pairs(query: &str) -> Option<Vec<(String, String)>> {
    query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            Some((decode(name, true)?, decode(value, true)?))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_name_comes_back() {
        for name in [
            "a b/ü?.txt",
            "x#../../etc/passwd",
            "%2e%2e",
            "<script>",
            "//a",
            "+",
        ] {
            let link = document(name);
            assert!(!link.contains("/../"), "{link}");
            let tail = link.strip_prefix("/document/").unwrap();
            assert_eq!(decode(tail, false).as_deref(), Some(name), "{link}");
        }
        assert_eq!(document("a/b.txt"), "/document/a/b.txt");
        assert_eq!(document("../b"), "/document/..%2Fb");
    }

    #[test]
    fn bad_percent_signs_are_text() {
        assert_eq!(decode("100%+1", true).as_deref(), Some("100% 1"));
        assert_eq!(decode("%ff", false), None);
        assert_eq!(decode("%+1", false).as_deref(), Some("%+1"));
    }
}
