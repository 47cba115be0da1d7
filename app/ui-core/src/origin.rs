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

#[cfg(test)]
mod tests {
    use super::*;

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
