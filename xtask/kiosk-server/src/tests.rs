//! A small site, served on a port of its own and asked for by hand.

use std::{
    ffi::OsString,
    fs,
    io::{Read, Write},
    net::TcpStream,
    path::{Path, PathBuf},
    time::Duration,
};

use tempfile::TempDir;

use crate::{
    browser::{Kind, arguments, kind, next_pause},
    options::Options,
    profile::Profile,
    server,
    site::Site,
};

const HEADERS: &str = r#"[
  { "path": "/*", "headers": { "X-Content-Type-Options": "nosniff", "Cache-Control": "no-cache" } },
  { "path": "/page-*", "headers": { "Cache-Control": "immutable" } }
]"#;

/// The port of a server of a small site; the folder lives as long as the first.
fn served() -> (TempDir, u16) {
    let outer = tempfile::tempdir().expect("a folder for the test");
    let site = outer.path().join("site");
    fs::create_dir_all(site.join("films")).expect("a folder in it");
    for (name, text) in [
        ("../secret.txt", "secret"),
        ("index.html", "<p>index</p>"),
        ("engine.wasm", "plain"),
        ("engine.wasm.br", "brotli"),
        ("engine.wasm.gz", "gzip"),
        ("page-1.js", "page"),
        ("films/a b.zip", "films"),
        ("headers.json", HEADERS),
    ] {
        fs::write(site.join(name), text).expect("a file in it");
    }
    let port = Site::open(&site)
        .and_then(|site| server::start(site, "127.0.0.1", 0))
        .expect("a server");
    (outer, port)
}

/// Status and headers, in lower case, and the body.
fn ask(port: u16, request: &str, headers: &str) -> (String, String) {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).expect("the server");
    stream
        .set_read_timeout(Some(Duration::from_secs(10)))
        .expect("a limit");
    write!(
        stream,
        "{request} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n{headers}\r\n"
    )
    .expect("a request");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    let (head, body) = answer.split_once("\r\n\r\n").expect("head and body");
    (head.to_lowercase(), body.to_owned())
}

fn status(head: &str) -> &str {
    head.split(' ').nth(1).unwrap_or_default()
}

#[test]
fn the_page_is_sent_with_its_type_and_headers() {
    let (_site, port) = served();
    for address in ["/", "/?kiosk", "/index.html"] {
        let (head, body) = ask(port, &format!("GET {address}"), "");
        assert_eq!(
            (status(&head), body.as_str()),
            ("200", "<p>index</p>"),
            "{address}"
        );
        assert!(
            head.contains("content-type: text/html; charset=utf-8"),
            "{head}"
        );
        assert!(head.contains("x-content-type-options: nosniff"), "{head}");
        assert!(head.contains("cache-control: no-cache"), "{head}");
    }
    let (head, _) = ask(port, "GET /page-1.js", "");
    assert!(head.contains("text/javascript"), "{head}");
    assert!(head.contains("cache-control: immutable"), "{head}");
    assert_eq!(head.matches("cache-control").count(), 1, "{head}");
}

#[test]
fn the_smallest_form_that_the_browser_takes_is_sent() {
    let (_site, port) = served();
    for (accepted, coding, sent) in [
        ("gzip, deflate, br, zstd", Some("br"), "brotli"),
        ("gzip", Some("gzip"), "gzip"),
        ("br;q=0, gzip", Some("gzip"), "gzip"),
        ("identity", None, "plain"),
    ] {
        let (head, body) = ask(
            port,
            "GET /engine.wasm",
            &format!("Accept-Encoding: {accepted}\r\n"),
        );
        assert_eq!(body, sent, "{accepted}");
        assert!(head.contains("content-type: application/wasm"), "{head}");
        let said = head
            .lines()
            .find_map(|line| line.strip_prefix("content-encoding: "));
        assert_eq!(said, coding, "{accepted}");
    }
}

#[test]
fn what_the_browser_has_is_not_sent_again() {
    let (_site, port) = served();
    let (head, _) = ask(port, "GET /engine.wasm", "");
    let tag = head
        .lines()
        .find_map(|line| line.strip_prefix("etag: "))
        .expect("a tag");
    let (head, body) = ask(
        port,
        "GET /engine.wasm",
        &format!("If-None-Match: {tag}\r\n"),
    );
    assert_eq!((status(&head), body.as_str()), ("304", ""));
    let (head, _) = ask(port, "GET /engine.wasm", "If-None-Match: \"other\"\r\n");
    assert_eq!(status(&head), "200");
}

#[test]
fn only_files_of_the_site_can_be_read_and_nothing_written() {
    let (_site, port) = served();
    for address in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/films/../../secret.txt",
        "/..\\secret.txt",
        "//index.html",
        "/films",
        "/films/",
        "/nothing.js",
        "secret.txt",
    ] {
        let (head, body) = ask(port, &format!("GET {address}"), "");
        assert!(["400", "404"].contains(&status(&head)), "{address}: {head}");
        assert!(!body.contains("secret"), "{address}");
    }
    let (head, _) = ask(port, "POST /index.html", "Content-Length: 0\r\n");
    assert_eq!(status(&head), "405");
    let (head, body) = ask(port, "HEAD /index.html", "");
    assert_eq!((status(&head), body.as_str()), ("200", ""));
    assert!(head.contains("content-length: 12"), "{head}");
}

#[test]
fn a_folder_without_a_whole_site_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let refused = |why| Site::open(folder.path()).is_err_and(|said| said.contains(why));
    assert!(refused("--folder"));
    for (name, text) in [("index.html", ""), ("headers.json", "/*")] {
        fs::write(folder.path().join(name), text).expect("a file in it");
    }
    assert!(refused("headers.json"));
}

#[test]
fn options_are_read() {
    let read = |text: &str| Options::read(text.split_whitespace().map(OsString::from));
    let options =
        read("--port 9000 --page /?lang=es&kiosk --no-browser -- --headless").expect("known");
    assert_eq!(
        options,
        Some(Options {
            port: 9000,
            page: "?lang=es&kiosk".into(),
            browser_wanted: false,
            more: vec!["--headless".into()],
            ..Options::default()
        })
    );
    assert_eq!(read("--help"), Ok(None));
    for wrong in ["--port", "--port 70000", "--prot 1"] {
        assert!(read(wrong).is_err(), "{wrong}");
    }
}

#[test]
fn each_browser_gets_its_own_options_and_folder() {
    let folder = Path::new("data");
    let has = |kind, option: &str| arguments(kind, folder).contains(&OsString::from(option));
    assert_eq!(kind(&PathBuf::from("/usr/bin/firefox-esr")), Kind::Firefox);
    assert_eq!(kind(&PathBuf::from("/usr/bin/chromium")), Kind::Chromium);
    assert!(has(Kind::Chromium, "--kiosk") && has(Kind::Firefox, "--kiosk"));
    assert!(has(Kind::Chromium, "--user-data-dir=data") && has(Kind::Firefox, "data"));
}

#[test]
fn a_browser_that_does_not_stay_is_started_less_and_less_often() {
    let second = Duration::from_secs(1);
    assert_eq!(next_pause(second, second), 2 * second);
    assert_eq!(next_pause(25 * second, second), 30 * second);
    assert!(next_pause(25 * second, 60 * second) < second);
}

#[test]
fn the_browsers_data_is_erased_unless_it_is_to_be_kept() {
    let passing = Profile::new(None).expect("a folder");
    let folder = passing.folder().to_owned();
    assert!(folder.join("Default/Preferences").is_file());
    passing.end();
    assert!(!folder.exists());

    let own = tempfile::tempdir().expect("a folder");
    Profile::new(Some(own.path())).expect("a folder").end();
    assert!(own.path().join("user.js").is_file());
}
