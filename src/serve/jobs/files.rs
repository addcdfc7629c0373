//! The files of a job, whole or a part of one, as players ask for them (RFC 9110, 14).

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::PathBuf;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tokio::task::spawn_blocking;
use tokio_stream::StreamExt;
use tokio_stream::wrappers::UnboundedReceiverStream;

use crate::serve::pieces;
use crate::serve::refusal::Refusal;

/// How much is read at once, in bytes.
const CHUNK: u64 = 64 << 10;

/// A file as an answer: the part of it that is asked for, or all.
///
/// # Errors
/// If the file cannot be read, or has no such part.
pub(super) async fn answer(
    path: PathBuf,
    content_type: &str,
    asked: &HeaderMap,
) -> Result<Response, Refusal> {
    let failed = |cause: io::Error| {
        tracing::warn!(%cause, "a file of a job cannot be read");
        Refusal::of(StatusCode::INTERNAL_SERVER_ERROR, "the file cannot be read")
    };
    let opened = spawn_blocking(move || {
        let file = File::open(path)?;
        let length = file.metadata()?.len();
        Ok((file, length))
    });
    let (mut file, length) = opened.await.map_err(|_| Refusal::failed())?.map_err(failed)?;
    let range = asked.get(header::RANGE).and_then(|value| value.to_str().ok());
    let (status, part) = match range.and_then(|range| part(range, length)) {
        None => (StatusCode::OK, 0..length),
        Some(Ok(part)) => (StatusCode::PARTIAL_CONTENT, part),
        Some(Err(())) => {
            let message = format!("the file has {length} bytes");
            return Err(Refusal::of(StatusCode::RANGE_NOT_SATISFIABLE, message));
        }
    };
    let (pieces, received) = pieces::channel();
    let (start, mut left) = (part.start, part.end - part.start);
    spawn_blocking(move || {
        file.seek(SeekFrom::Start(start))?;
        while left > 0 {
            let mut bytes = vec![0; left.min(CHUNK) as usize];
            file.read_exact(&mut bytes)?;
            left -= bytes.len() as u64;
            pieces.send(Bytes::from(bytes))?;
        }
        Ok::<_, io::Error>(())
    });
    // An answer that ends before its length is seen to be cut off.
    let body = UnboundedReceiverStream::new(received).map(|piece| Ok::<_, io::Error>(piece.bytes));
    let mut response = (status, Body::from_stream(body)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    headers.insert(header::CONTENT_LENGTH, (part.end - part.start).into());
    // Whatever is in it, it is what its type says.
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    if let Ok(content_type) = HeaderValue::from_str(content_type) {
        headers.insert(header::CONTENT_TYPE, content_type);
    }
    if status == StatusCode::PARTIAL_CONTENT {
        let range = format!("bytes {}-{}/{length}", part.start, part.end - 1);
        headers.extend(HeaderValue::from_str(&range).map(|range| (header::CONTENT_RANGE, range)));
    }
    Ok(response)
}

/// The part of so many bytes that a field asks for; `None` if it is to be left out of account: it asks for
/// several, or is not understood.
fn part(field: &str, length: u64) -> Option<Result<std::ops::Range<u64>, ()>> {
    let (first, last) = field.trim().strip_prefix("bytes=")?.split_once('-')?;
    let (first, last) = (first.trim(), last.trim());
    let number = |text: &str| text.parse::<u64>().ok();
    let (start, end) = match (first, last) {
        ("", last) => (length.saturating_sub(number(last)?), length),
        (first, "") => (number(first)?, length),
        (first, last) => {
            let (first, last) = (number(first)?, number(last)?);
            if last < first {
                return None;
            }
            (first, last.saturating_add(1).min(length))
        }
    };
    Some(if start < end { Ok(start..end) } else { Err(()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_part_is_given_and_what_is_not_understood_is_left_out() {
        for (field, expected) in [
            ("bytes=0-", Some(Ok(0..10))),
            ("bytes=2-4", Some(Ok(2..5))),
            ("bytes=2-99999999999999999999", None),
            ("bytes=2-18446744073709551615", Some(Ok(2..10))),
            ("bytes=-3", Some(Ok(7..10))),
            ("bytes=-30", Some(Ok(0..10))),
            ("bytes=10-", Some(Err(()))),
            ("bytes=-0", Some(Err(()))),
            ("bytes=4-2", None),
            ("bytes=0-1,3-4", None),
            ("lines=0-1", None),
            ("", None),
        ] {
            assert_eq!(part(field, 10), expected, "{field}");
        }
    }
}
