//! Where the page was opened from, which decides what the browser lends it.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageOrigin {
    /// By https: everything that the browser has.
    Trusted,
    /// From a server on this computer: everything that the browser has, but its address means nothing to others.
    ThisComputer,
    /// By plain http from another computer: no graphics processor, no camera, no offline copy.
    PlainHttp,
    /// A file on a disk: its address means nothing to others.
    Disk,
}

impl PageOrigin {
    /// By protocol and host of the page's address, and by what the browser calls a secure context.
    pub fn of(protocol: &str, host: &str, secure: bool) -> Self {
        let is_local = host == "localhost"
            || host.ends_with(".localhost")
            || host.starts_with("127.")
            || host == "[::1]";
        match (protocol, secure) {
            ("file:", _) => Self::Disk,
            (_, false) => Self::PlainHttp,
            (_, true) if is_local => Self::ThisComputer,
            (_, true) => Self::Trusted,
        }
    }
}

/// Whether a computer elsewhere can reach a page at this address: it comes from the web by a name, not from a disk, from this
/// computer or from one beside it. A bare number mostly is one of a private network.
pub fn is_public(protocol: &str, host: &str) -> bool {
    let is_web = matches!(protocol, "https:" | "http:");
    let end = host.trim_end_matches('.').rsplit_once('.');
    let is_name = end.is_some_and(|(_, end)| {
        end.starts_with(|first: char| first.is_ascii_alphabetic()) && !LOCAL_NAMES.contains(&end)
    });
    is_web && is_name
}

/// Ends of names that no server on the web has.
const LOCAL_NAMES: [&str; 7] = [
    "localhost",
    "local",
    "localdomain",
    "lan",
    "home",
    "internal",
    "intranet",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_address_of_the_web_is_of_use_elsewhere() {
        for host in ["firstread.example", "a.b.example.org", "xn--80ak6aa92e.com"] {
            assert!(
                is_public("https:", host) && is_public("http:", host),
                "{host}"
            );
            assert!(!is_public("file:", host));
        }
        for own in [
            "",
            "localhost",
            "x.localhost",
            "127.0.0.1",
            "[::1]",
            "[fd00::1]",
            "10.1.2.3",
            "172.20.0.4",
            "192.168.1.20",
            "169.254.3.4",
            "0.0.0.0",
            "kiosk",
            "kiosk.local",
            "kiosk.local.",
            "pacs.internal",
        ] {
            assert!(!is_public("https:", own), "{own}");
        }
    }

    #[test]
    fn a_place_is_known_by_its_protocol_and_by_the_browsers_word() {
        let secure = |protocol, host| PageOrigin::of(protocol, host, true);
        assert_eq!(secure("https:", "firstread.example"), PageOrigin::Trusted);
        for own in ["localhost", "127.0.0.1", "[::1]"] {
            assert_eq!(secure("http:", own), PageOrigin::ThisComputer);
        }
        assert_eq!(secure("file:", ""), PageOrigin::Disk);
        assert_eq!(
            PageOrigin::of("http:", "192.168.1.20", false),
            PageOrigin::PlainHttp
        );
    }
}
