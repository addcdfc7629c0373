//! The name of a voice of a server: `http://127.0.0.1:8880/v1#NAME&model=MODEL&sample_rate=44100`.

use fluent_uri::Uri;
use percent_encoding::percent_decode_str;

use crate::model::error::Error;
use crate::model::message::{Message, message};
use crate::voice::remote_name::remote_name;

/// What is added to the address of an interface where speech is asked for.
const SPEECH: &str = "/audio/speech";

/// The model that is asked for if none is named: OpenAI's, which other servers take for theirs.
const MODEL: &str = "tts-1";

/// Samples per second of a voice that says nothing else, as OpenAI's.
const SAMPLE_RATE: u32 = 24_000;

/// What the sample rate may be.
pub(super) const SAMPLE_RATES: std::ops::RangeInclusive<u32> = 8000..=192_000;

/// The address of a voice, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct VoiceAddress {
    /// The address of the interface, without `/audio/speech`.
    pub base: String,
    /// Where speech is asked for.
    pub speech: String,
    /// The host, in lower case.
    pub host: String,
    /// What the server calls the voice.
    pub voice: String,
    /// The model that is asked for.
    pub model: String,
    /// Samples per second at which what is spoken is kept.
    pub sample_rate: u32,
}

impl VoiceAddress {
    /// Reads the name of a voice.
    ///
    /// # Errors
    /// Of kind `Voice` if it is no address of one.
    pub(super) fn parse(name: &str) -> Result<VoiceAddress, Error> {
        let refused = |reason: Message| {
            Error::voice(message!(
                "{name} is no voice of a server: {reason}; write it as http://HOST:PORT/v1#VOICE",
                name,
                reason
            ))
        };
        let wrong = |reason: &str| refused(Message::from(reason));
        let voice = remote_name(name).filter(|voice| !voice.is_empty());
        let voice = voice.ok_or_else(|| wrong("the voice is not named"))?;
        let (place, fragment) = name.split_once('#').unwrap_or((name, ""));
        let uri = Uri::parse(place).map_err(|_| wrong("the address cannot be understood"))?;
        let authority = uri.authority().filter(|authority| !authority.host().is_empty());
        let authority = authority.ok_or_else(|| wrong("there is no host in it"))?;
        if authority.has_userinfo() {
            return Err(wrong(
                "a name and a password in an address are not sent, and a token comes from the \
                 environment",
            ));
        }
        if authority.port_to_u16().is_err() {
            return Err(wrong("its port is no number up to 65535"));
        }
        let (path, query) = match place.split_once('?') {
            Some((path, query)) => (path, format!("?{query}")),
            None => (place, String::new()),
        };
        let path = path.trim_end_matches('/');
        let base = path.strip_suffix(SPEECH).unwrap_or(path);
        let mut address = VoiceAddress {
            base: format!("{base}{query}"),
            speech: format!("{base}{SPEECH}{query}"),
            host: authority.host().to_ascii_lowercase(),
            voice,
            model: MODEL.to_owned(),
            sample_rate: SAMPLE_RATE,
        };
        for setting in fragment.split('&').skip(1) {
            let (key, value) = setting.split_once('=').unwrap_or((setting, ""));
            let value = percent_decode_str(value).decode_utf8_lossy().into_owned();
            match key {
                "model" if !value.is_empty() => address.model = value,
                "sample_rate" => {
                    let rate = value.parse().ok().filter(|rate| SAMPLE_RATES.contains(rate));
                    let (least, most) = SAMPLE_RATES.into_inner();
                    let reason =
                        message!("sample_rate is a number from {least} to {most}", least, most);
                    address.sample_rate = rate.ok_or_else(|| refused(reason))?;
                }
                _ => return Err(wrong("after the voice there may be &model= and &sample_rate=")),
            }
        }
        Ok(address)
    }

    /// Whether what is sent there is encrypted, or does not leave this machine.
    pub(super) fn is_private(&self) -> bool {
        let host = self.host.trim_start_matches('[').trim_end_matches(']');
        let is_loopback = host.parse::<std::net::IpAddr>().is_ok_and(|host| host.is_loopback());
        self.base.get(..6).is_some_and(|scheme| scheme.eq_ignore_ascii_case("https:"))
            || is_loopback
            || host == "localhost"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_where_to_ask_and_for_whom() {
        let name = "http://127.0.0.1:8880/v1/#af_bella%2Baf_sky&model=kokoro&sample_rate=44100";
        let found = VoiceAddress::parse(name).unwrap();
        assert_eq!(found.speech, "http://127.0.0.1:8880/v1/audio/speech");
        assert_eq!(found.base, "http://127.0.0.1:8880/v1");
        assert_eq!((&*found.voice, &*found.model), ("af_bella+af_sky", "kokoro"));
        assert_eq!((found.sample_rate, &*found.host), (44_100, "127.0.0.1"));
        let whole = VoiceAddress::parse("https://Example.org/v1/audio/speech?version=2#a").unwrap();
        assert_eq!(whole.speech, "https://Example.org/v1/audio/speech?version=2");
        assert_eq!(whole.base, "https://Example.org/v1?version=2");
        assert_eq!((&*whole.model, whole.sample_rate), ("tts-1", 24_000));
    }

    #[test]
    fn what_is_no_address_of_a_voice_says_why() {
        for (name, reason) in [
            ("http://a/v1", "the voice is not named"),
            ("http://a/v1#", "the voice is not named"),
            ("http://a b/v1#x", "cannot be understood"),
            ("http:///v1#x", "no host"),
            ("http://lan:secret@a/v1#x", "not sent"),
            ("http://a:99999/v1#x", "port"),
            ("http://a/v1#x&sample_rate=1", "8000 to 192000"),
            ("http://a/v1#x&rate=2", "&model="),
        ] {
            let error = VoiceAddress::parse(name).unwrap_err().to_string();
            assert!(error.contains(reason), "{name}: {error}");
            assert!(!error.contains("secret"), "{error}");
        }
    }

    #[test]
    fn only_what_is_encrypted_or_here_is_private() {
        for (name, expected) in [
            ("https://a/v1#x", true),
            ("http://127.0.0.1/v1#x", true),
            ("http://[::1]:80/v1#x", true),
            ("http://localhost/v1#x", true),
            ("http://10.0.0.1/v1#x", false),
            ("http://a/v1#x", false),
        ] {
            assert_eq!(VoiceAddress::parse(name).unwrap().is_private(), expected, "{name}");
        }
    }
}
