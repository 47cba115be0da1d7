//! Hands out the site's files over HTTP.

use std::{fs::File, sync::Arc, thread};

use tiny_http::{Header, Request, Response, Server};

use crate::site::{Answer, Asked, Site};

/// Serves from now on, and gives the port.
///
/// # Errors
/// Why the port cannot be had.
pub fn start(site: Site, address: &str, port: u16) -> Result<u16, String> {
    let server = Server::http((address, port)).map_err(|error| {
        format!("Port {port} of {address} cannot be had ({error}): choose another with --port.")
    })?;
    let port = server.server_addr().to_ip().map_or(port, |own| own.port());
    let site = Arc::new(site);
    thread::spawn(move || {
        for request in server.incoming_requests() {
            let site = site.clone();
            // One each: a device that falls asleep in mid-download keeps nobody else waiting.
            thread::spawn(move || serve(&site, request));
        }
    });
    Ok(port)
}

fn serve(site: &Site, request: Request) {
    let method = request.method().to_string();
    let header = |name: &'static str| {
        let found = request
            .headers()
            .iter()
            .find(|header| header.field.equiv(name));
        found.map_or("", |header| header.value.as_str())
    };
    let answer = site.answer(&Asked {
        method: &method,
        address: request.url(),
        accept_encoding: header("Accept-Encoding"),
        if_none_match: header("If-None-Match"),
    });
    let Answer {
        status,
        headers,
        body,
    } = answer;
    let headers = headers
        .iter()
        .filter_map(|(name, value)| Header::from_bytes(name.as_bytes(), value.as_bytes()).ok());
    // What a browser that has gone does not take any more is nobody's loss. A HEAD is answered without the body.
    let _ = match body.map(File::open) {
        Some(Ok(file)) => {
            let mut response = Response::from_file(file).with_chunked_threshold(usize::MAX);
            headers.for_each(|header| response.add_header(header));
            request.respond(response)
        }
        Some(Err(_)) => request.respond(Response::empty(404)),
        None => {
            let mut response = Response::empty(status);
            headers.for_each(|header| response.add_header(header));
            request.respond(response)
        }
    };
}
