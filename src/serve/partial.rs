//! Answers with a file: whole, a range of it, or that the browser has it already (RFC 9110, sections 13 and 14).

use std::ops::RangeInclusive;

use axum::body::{Body, Bytes};
use axum::http::header::{self, HeaderMap, HeaderName};
use axum::http::{Method, StatusCode};
use axum::response::{IntoResponse as _, Response};
use http_range_header::parse_range_header;

/// The part of a file that was asked for.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    Whole,
    Range(RangeInclusive<u64>),
    Outside,
}

/// Answers with a file of this media type.
pub(super) fn reply(method: &Method, asked: &HeaderMap, kind: &str, body: Bytes) -> Response {
    let tag = format!("\"{}\"", &blake3::hash(&body).to_hex()[..32]);
    let length = body.len() as u64;
    let about = [(header::ETAG, tag.as_str()), (header::ACCEPT_RANGES, "bytes")];
    if is_known(asked, &tag) {
        return (StatusCode::NOT_MODIFIED, about).into_response();
    }
    let part = if method == Method::GET { part(asked, &tag, length) } else { Part::Whole };
    let (status, said, body) = match part {
        Part::Whole => (StatusCode::OK, None, body),
        Part::Range(range) => {
            let said = format!("bytes {}-{}/{length}", range.start(), range.end());
            (StatusCode::PARTIAL_CONTENT, Some(said), cut(&body, &range))
        }
        Part::Outside => (StatusCode::RANGE_NOT_SATISFIABLE, Some(format!("bytes */{length}")), Bytes::new()),
    };
    let said = said.map(|said| [(header::CONTENT_RANGE, said)]);
    let mut response = (status, about, [(header::CONTENT_TYPE, kind)], Body::from(body)).into_response();
    for (name, value) in said.into_iter().flatten() {
        if let Ok(value) = value.parse() {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

/// Whether the browser has what carries this tag.
fn is_known(asked: &HeaderMap, tag: &str) -> bool {
    let known = asked.get_all(header::IF_NONE_MATCH).iter().filter_map(|value| value.to_str().ok());
    known
        .flat_map(|value| value.split(','))
        .map(str::trim)
        .any(|known| known == "*" || known.trim_start_matches("W/") == tag)
}

/// The part that is asked for. Several ranges, or a range of another version, are answered with the whole.
fn part(asked: &HeaderMap, tag: &str, length: u64) -> Part {
    let text = |name: HeaderName| asked.get(name).and_then(|value| value.to_str().ok());
    let is_same = text(header::IF_RANGE).is_none_or(|version| version == tag);
    let Some(ranges) = text(header::RANGE).filter(|_| is_same) else { return Part::Whole };
    let Ok(ranges) = parse_range_header(ranges) else { return Part::Whole };
    match ranges.validate(length).as_deref() {
        Ok([range]) => Part::Range(range.clone()),
        Ok(_) => Part::Whole,
        Err(_) => Part::Outside,
    }
}

/// A valid range of the bytes.
fn cut(body: &Bytes, range: &RangeInclusive<u64>) -> Bytes {
    let at = |place: u64| usize::try_from(place).unwrap_or(usize::MAX).min(body.len());
    body.slice(at(*range.start())..at(range.end() + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(said: &[(HeaderName, &str)]) -> HeaderMap {
        said.iter().map(|(name, value)| (name.clone(), value.parse().expect("value"))).collect()
    }

    #[test]
    fn a_tag_is_known_however_it_is_listed() {
        let check = |value, expected| {
            assert_eq!(is_known(&headers(&[(header::IF_NONE_MATCH, value)]), "\"a\""), expected, "{value}");
        };
        check("\"a\"", true);
        check("W/\"a\"", true);
        check("\"b\", \"a\"", true);
        check("*", true);
        check("\"b\"", false);
        check("a", false);
    }

    #[test]
    fn ranges_are_read_as_browsers_write_them() {
        let check = |value, expected| {
            assert_eq!(part(&headers(&[(header::RANGE, value)]), "\"a\"", 10), expected, "{value}");
        };
        check("bytes=0-3", Part::Range(0..=3));
        check("bytes=4-", Part::Range(4..=9));
        check("bytes=-3", Part::Range(7..=9));
        check("bytes=0-99", Part::Range(0..=9));
        check("bytes=10-", Part::Outside);
        check("bytes=0-1,4-5", Part::Whole);
        check("lines=1-2", Part::Whole);
        let other = headers(&[(header::RANGE, "bytes=0-3"), (header::IF_RANGE, "\"b\"")]);
        assert_eq!(part(&other, "\"a\"", 10), Part::Whole);
    }
}
