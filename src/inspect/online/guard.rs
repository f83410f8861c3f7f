//! Which machines may be asked: a link that leads on must not make this machine ask others of its own network.

use std::fmt;
use std::io;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::thread;

use ureq::Error;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::NextTimeout;

/// Looks up the addresses of a host's port.
pub type Names = fn(&str, u16) -> io::Result<Vec<SocketAddr>>;

/// A look-up that was refused, since all that was found is in an inner network.
#[derive(Debug)]
pub(super) struct Inner;

impl fmt::Display for Inner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("inner network")
    }
}

impl std::error::Error for Inner {}

/// Looks up names, and keeps what may be asked.
pub(super) struct Guard {
    pub names: Names,
    /// Whether inner networks may be asked.
    pub is_open: bool,
    /// Whether any name was found.
    pub has_found: Arc<AtomicBool>,
}

impl fmt::Debug for Guard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guard").field("is_open", &self.is_open).finish_non_exhaustive()
    }
}

impl Guard {
    /// What may be asked of what was found.
    fn allowed(&self, found: Vec<SocketAddr>) -> Result<Vec<SocketAddr>, Error> {
        if found.is_empty() {
            return Err(Error::HostNotFound);
        }
        let kept: Vec<SocketAddr> = found.into_iter().filter(|at| self.is_open || is_outer(at.ip())).collect();
        if kept.is_empty() { Err(Error::Other(Box::new(Inner))) } else { Ok(kept) }
    }
}

impl Resolver for Guard {
    fn resolve(&self, uri: &Uri, _: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let host = uri.host().ok_or(Error::HostNotFound)?.trim_matches(['[', ']']).to_owned();
        let port = uri.port_u16().unwrap_or(if uri.scheme_str() == Some("https") { 443 } else { 80 });
        let found = match host.parse::<IpAddr>() {
            Ok(ip) => vec![SocketAddr::new(ip, port)],
            Err(_) => {
                let (sender, receiver) = mpsc::sync_channel(1);
                let (names, name) = (self.names, host.clone());
                // The system gives no way to break off a look-up.
                thread::spawn(move || sender.send(names(&name, port)));
                let found = receiver.recv_timeout(*timeout.after).map_err(|_| Error::Timeout(timeout.reason))?;
                let found =
                    found.map_err(|error| if is_passing(&error) { error.into() } else { Error::HostNotFound })?;
                if host != "localhost" && !found.is_empty() {
                    self.has_found.store(true, Ordering::Relaxed);
                }
                found
            }
        };
        let mut addresses = self.empty();
        // There is room for sixteen.
        for address in self.allowed(found)?.into_iter().take(16) {
            addresses.push(address);
        }
        Ok(addresses)
    }
}

/// Whether a look-up failed for now only. The standard library tells this in words alone: `EAI_AGAIN` of Unix, `WSATRY_AGAIN` of Windows.
fn is_passing(error: &io::Error) -> bool {
    error.raw_os_error() == Some(11002)
        || error.to_string().contains("emporary")
        || error.to_string().contains("try again")
}

/// Whether an address is one of the public network.
fn is_outer(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_outer_v4(ip),
        IpAddr::V6(ip) => is_outer_v6(ip),
    }
}

/// RFC 6890 and its registry: everything but special purposes.
fn is_outer_v4(ip: Ipv4Addr) -> bool {
    let [a, b, c, _] = ip.octets();
    let is_shared = a == 100 && b & 0xc0 == 64;
    let is_protocol = (a, b, c) == (192, 0, 0);
    let is_benchmark = a == 198 && b & 0xfe == 18;
    !(a == 0
        || a >= 224
        || is_shared
        || is_protocol
        || is_benchmark
        || ip.is_loopback()
        || ip.is_private()
        || ip.is_link_local())
}

/// Of what is in use, `2000::/3` is public; what embeds an address of version 4 (mapped, `NAT64`, `6to4`) is judged by that.
fn is_outer_v6(ip: Ipv6Addr) -> bool {
    let parts = ip.segments();
    let embedded = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_outer_v4(Ipv4Addr::new(a, b, c, d))
    };
    match parts {
        [0, 0, 0, 0, 0, 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] | [0x2002, high, low, ..] => {
            embedded(high, low)
        }
        _ => parts[0] & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inner_networks_are_told_from_the_public_one() {
        for ip in
            ["1.1.1.1", "100.63.0.1", "172.32.0.1", "192.0.1.1", "2400:3200::1", "::ffff:1.1.1.1", "2002:101:101::1"]
        {
            assert!(is_outer(ip.parse().unwrap()), "{ip}");
        }
        for ip in [
            "127.0.0.1",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "172.31.9.9",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "192.0.0.8",
            "198.19.0.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "fc00::1",
            "fd12::1",
            "fe80::1",
            "ff02::1",
            "64:ff9b::a00:1",
            "2002:7f00:1::1",
        ] {
            assert!(!is_outer(ip.parse().unwrap()), "{ip}");
        }
    }

    #[test]
    fn of_a_name_with_both_only_the_public_address_is_asked() {
        let guard = |is_open| Guard { names: |_, _| Ok(Vec::new()), is_open, has_found: Arc::default() };
        let found = || vec!["10.0.0.1:80".parse().unwrap(), "1.1.1.1:80".parse().unwrap()];
        assert_eq!(guard(false).allowed(found()).unwrap(), found()[1..]);
        assert_eq!(guard(true).allowed(found()).unwrap().len(), 2);
        assert!(matches!(guard(false).allowed(found()[..1].to_vec()), Err(Error::Other(_))));
        assert!(matches!(guard(true).allowed(Vec::new()), Err(Error::HostNotFound)));
    }
}
