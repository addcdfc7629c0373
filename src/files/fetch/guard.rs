//! Which machines may be asked: those of the public network. An article's address, and above all where
//! it is sent on to, must not reach what only this machine or its own network can reach.
//!
//! Addresses are judged where a name is resolved, and the connection goes to the addresses that were
//! judged: there is no second look-up that could answer otherwise.

use crate::model::message::{Message, message};
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// Networks of IPv4 that are not public: the address, the length of the prefix, and what is there
/// (IANA IPv4 Special-Purpose Address Registry; RFC 5771 for multicast).
const V4: [(Ipv4Addr, u32, &str); 16] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8, "an unspecified address"),
    (Ipv4Addr::new(10, 0, 0, 0), 8, "an address of a private network"),
    (Ipv4Addr::new(100, 64, 0, 0), 10, "an address inside a provider's network"),
    (Ipv4Addr::new(127, 0, 0, 0), 8, "an address of this machine itself"),
    (Ipv4Addr::new(169, 254, 0, 0), 16, "an address of the local link"),
    (Ipv4Addr::new(172, 16, 0, 0), 12, "an address of a private network"),
    (Ipv4Addr::new(192, 0, 0, 0), 24, "an address for protocols"),
    (Ipv4Addr::new(192, 0, 2, 0), 24, "an address for documentation"),
    (Ipv4Addr::new(192, 88, 99, 0), 24, "an address for the change to IPv6"),
    (Ipv4Addr::new(192, 168, 0, 0), 16, "an address of a private network"),
    (Ipv4Addr::new(198, 18, 0, 0), 15, "an address for benchmarks"),
    (Ipv4Addr::new(198, 51, 100, 0), 24, "an address for documentation"),
    (Ipv4Addr::new(203, 0, 113, 0), 24, "an address for documentation"),
    (Ipv4Addr::new(224, 0, 0, 0), 4, "a multicast address"),
    (Ipv4Addr::new(255, 255, 255, 255), 32, "the broadcast address"),
    (Ipv4Addr::new(240, 0, 0, 0), 4, "a reserved address"),
];

/// The part of IPv6 that is public, 2000::/3, has these networks in it that are not (IANA IPv6
/// Special-Purpose Address Registry).
const V6: [(Ipv6Addr, u32, &str); 4] = [
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23, "an address for protocols"),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32, "an address for documentation"),
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16, "an address for the change from IPv4"),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20, "an address for documentation"),
];

/// The rest of IPv6, where it has a name.
const V6_LOCAL: [(Ipv6Addr, u32, &str); 6] = [
    (Ipv6Addr::UNSPECIFIED, 128, "an unspecified address"),
    (Ipv6Addr::LOCALHOST, 128, "an address of this machine itself"),
    (Ipv6Addr::new(0, 0, 0, 0, 0, 0xffff, 0, 0), 96, "an address of IPv4 written as IPv6"),
    (Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0), 7, "an address of a private network"),
    (Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0), 10, "an address of the local link"),
    (Ipv6Addr::new(0xff00, 0, 0, 0, 0, 0, 0, 0), 8, "a multicast address"),
];

/// Networks that have only IPv6 reach public addresses of IPv4 below this prefix (RFC 6052).
const NAT64: Ipv6Addr = Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, 0, 0);

/// What an address is, if it is not public.
fn special(address: IpAddr) -> Option<&'static str> {
    match address {
        IpAddr::V4(address) => {
            let is_in = |(network, length, _): &&(Ipv4Addr, u32, &str)| {
                let shift = 32 - length;
                address.to_bits() >> shift == network.to_bits() >> shift
            };
            V4.iter().find(is_in).map(|(_, _, what)| *what)
        }
        IpAddr::V6(address) => {
            let shares = |network: Ipv6Addr, length: u32| {
                let shift = 128 - length;
                address.to_bits() >> shift == network.to_bits() >> shift
            };
            if shares(NAT64, 96) {
                return special(Ipv4Addr::from_bits(address.to_bits() as u32).into());
            }
            let is_in = |(network, length, _): &&(Ipv6Addr, u32, &str)| shares(*network, *length);
            let found = V6.iter().chain(&V6_LOCAL).find(is_in).map(|(_, _, what)| *what);
            let is_public = shares(Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);
            found.or((!is_public).then_some("a reserved address"))
        }
    }
}

/// Why a host that is written as a number, or is this machine by its name, may not be asked; `None` if
/// it is a name that is to be looked up, or a public address.
pub(super) fn refusal(host: &str) -> Option<Message> {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    if let Ok(address) = bare.parse::<IpAddr>() {
        return special(address)
            .map(|what| message!("{address} is {what}", address, what = Message::from(what)));
    }
    let name = bare.trim_end_matches('.').to_ascii_lowercase();
    let last = name.rsplit('.').next().unwrap_or_default();
    if last == "localhost" {
        return Some(message!("{host} is this machine itself", host));
    }
    // Some systems take 127.1, 0x7f.1 and 2130706433 for addresses.
    let is_number = last.bytes().all(|b| b.is_ascii_digit())
        || last.strip_prefix("0x").is_some_and(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()));
    is_number.then(|| message!("{host} is neither a name nor a whole address of IPv4", host))
}

/// Why no address of a host may be asked.
#[derive(Debug)]
pub(super) struct Forbidden(pub(super) Message);

impl fmt::Display for Forbidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl std::error::Error for Forbidden {}

/// Looks hosts up, and gives only addresses that are public.
#[derive(Debug)]
pub(super) struct Guard {
    resolver: DefaultResolver,
    /// Whether all addresses are given.
    open: bool,
    /// The proxy that the user named, which may be anywhere.
    proxy: Option<Uri>,
}

impl Resolver for Guard {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.resolver.resolve(uri, config, timeout)?;
        if self.open || self.proxy.as_ref() == Some(uri) {
            return Ok(found);
        }
        self.public(uri.host().unwrap_or_default(), &found)
    }
}

impl Guard {
    /// One that gives all addresses if it is `open`, and those of this proxy in any case.
    pub(super) fn new(open: bool, proxy: Option<Uri>) -> Guard {
        Guard { resolver: DefaultResolver::default(), open, proxy }
    }

    /// Those addresses of a host that are public.
    fn public(
        &self,
        host: &str,
        found: &ResolvedSocketAddrs,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let mut kept = self.empty();
        let mut refused = None;
        for address in found {
            match special(address.ip()) {
                None => kept.push(*address),
                Some(what) => refused = refused.or(Some((address.ip(), what))),
            }
        }
        match refused {
            Some((address, what)) if kept.is_empty() => {
                let reason = message!(
                    "{host} is at {address}, {what}",
                    host,
                    address,
                    what = Message::from(what)
                );
                Err(ureq::Error::Other(Box::new(Forbidden(reason))))
            }
            _ => Ok(kept),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_are_public() {
        for (address, what) in [
            ("0.0.0.0", "unspecified"),
            ("0.1.2.3", "unspecified"),
            ("10.0.0.1", "private"),
            ("100.64.0.1", "provider"),
            ("100.127.255.255", "provider"),
            ("127.0.0.1", "this machine"),
            ("127.255.0.1", "this machine"),
            ("169.254.169.254", "local link"),
            ("172.16.0.1", "private"),
            ("172.31.255.255", "private"),
            ("192.0.0.8", "protocols"),
            ("192.0.2.1", "documentation"),
            ("192.88.99.1", "IPv6"),
            ("192.168.1.1", "private"),
            ("198.18.0.1", "benchmarks"),
            ("198.19.255.255", "benchmarks"),
            ("198.51.100.7", "documentation"),
            ("203.0.113.7", "documentation"),
            ("224.0.0.1", "multicast"),
            ("239.255.255.255", "multicast"),
            ("240.0.0.1", "reserved"),
            ("255.255.255.255", "broadcast"),
            ("::", "unspecified"),
            ("::1", "this machine"),
            ("::7f00:1", "reserved"),
            ("::ffff:127.0.0.1", "written as IPv6"),
            ("::ffff:8.8.8.8", "written as IPv6"),
            ("64:ff9b::7f00:1", "this machine"),
            ("64:ff9b::c0a8:101", "private"),
            ("64:ff9b:1::808:808", "reserved"),
            ("100::1", "reserved"),
            ("2001::1", "protocols"),
            ("2001:2::1", "protocols"),
            ("2001:db8::1", "documentation"),
            ("2002:7f00:1::1", "IPv4"),
            ("3fff::1", "documentation"),
            ("5f00::1", "reserved"),
            ("fc00::1", "private"),
            ("fd12:3456::1", "private"),
            ("fe80::1", "local link"),
            ("febf::1", "local link"),
            ("fec0::1", "reserved"),
            ("ff02::1", "multicast"),
        ] {
            let found = special(address.parse().unwrap()).unwrap_or("a public address");
            assert!(found.contains(what), "{address} is {found}, not {what}");
        }
        for public in [
            "1.1.1.1",
            "9.255.255.255",
            "100.63.255.255",
            "100.128.0.0",
            "126.255.255.255",
            "172.15.255.255",
            "172.32.0.0",
            "192.0.1.1",
            "192.169.0.0",
            "198.17.255.255",
            "198.20.0.0",
            "223.255.255.255",
            "2001:200::1",
            "2400:6180::1",
            "2606:4700::1111",
            "64:ff9b::808:808",
        ] {
            assert_eq!(special(public.parse().unwrap()), None, "{public}");
        }
    }

    #[test]
    fn a_host_that_is_no_name_is_judged_before_it_is_looked_up() {
        for host in [
            "127.0.0.1",
            "[::1]",
            "[::ffff:10.0.0.1]",
            "localhost",
            "LocalHost.",
            "a.localhost",
            "127.1",
            "0x7f.1",
            "2130706433",
            "0177.0.0.1",
        ] {
            assert!(refusal(host).is_some(), "{host}");
        }
        for host in ["example.org", "1.1.1.1", "[2606:4700::1111]", "10.example", "0x.vn", "a1"] {
            assert_eq!(refusal(host), None, "{host}");
        }
    }

    fn addresses(guard: &Guard, listed: &[&str]) -> ResolvedSocketAddrs {
        let mut found = guard.empty();
        listed.iter().for_each(|address| found.push(address.parse().unwrap()));
        found
    }

    #[test]
    fn only_public_addresses_of_a_name_are_given() {
        let guard = Guard::new(false, None);
        let found = addresses(&guard, &["10.0.0.1:80", "1.1.1.1:80", "[::1]:80"]);
        let kept = guard.public("example.org", &found).unwrap();
        assert_eq!(kept[..], addresses(&guard, &["1.1.1.1:80"])[..]);
        let found = addresses(&guard, &["10.0.0.1:80", "127.0.0.1:80"]);
        let error = guard.public("intranet.example", &found).unwrap_err().to_string();
        assert!(
            error.contains("intranet.example is at 10.0.0.1, an address of a private"),
            "{error}"
        );
    }

    #[test]
    fn a_name_of_this_machine_is_looked_up_and_refused() {
        let uri: Uri = "http://localhost:8080/".parse().unwrap();
        let is_given = |open, proxy: Option<&str>| {
            let guard = Guard::new(open, proxy.map(|proxy| proxy.parse().unwrap()));
            guard.resolve(&uri, &Config::default(), NextTimeout::default()).is_ok()
        };
        assert!(!is_given(false, None));
        assert!(!is_given(false, Some("http://localhost:3128/")));
        assert!(is_given(false, Some("http://localhost:8080/")));
        assert!(is_given(true, None));
    }
}
