//! `serve`: the portal from memory, on loopback alone, with live reload. One thread looks at the files and makes snapshots; the
//! server answers from the latest and tells browsers what became of the page they show.
//!
//! It has no part in publishing: artifacts are those of a build, the script for reloading is added in the answer alone, and
//! nothing is written but the cache of pictures.

mod http;
pub mod snapshot;
pub mod watch;

use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, Ipv6Addr, TcpListener};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use tokio::runtime::Runtime;
use tokio::sync::watch as latest;

use crate::diag::fault::Fault;
use snapshot::{Bench, Looked, Project, Shown};
use watch::Watch;

/// How often files are looked at though nothing was heard: network drives tell nothing, and midnight comes without an event.
const ANYWAY: Duration = Duration::from_secs(2);

/// How many ports are tried, from the one asked for.
const PORTS: u16 = 100;

/// A portal that is being served, until it is dropped.
#[derive(Debug)]
pub struct Server {
    runtime: Runtime,
    port: u16,
}

impl Server {
    /// Builds the portal, and serves it on `port` or, if that is taken, on the next free one; 0 is any free one. Everything that
    /// looking at the files comes to is reported, the first build before this returns.
    ///
    /// # Errors
    /// No port is to be had. A portal that cannot be built is served as its mistakes.
    pub fn start(project: Project, port: u16, mut report: impl FnMut(&Looked) + Send + 'static) -> Result<Self, Fault> {
        let (listeners, bound) = bind(port)?;
        let fault = |source| Fault::Serve { port: bound, source };
        // Before the first look, so that no change falls between.
        let watch = Watch::new(&project.root);
        let mut bench = Bench::new(project);
        bench.look().iter().for_each(&mut report);
        let (sender, shown) = latest::channel(Arc::clone(bench.shown()));
        let keep = move || keep_looking(bench, watch, &sender, report);
        thread::Builder::new().name("look".to_owned()).spawn(keep).map_err(fault)?;
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().map_err(fault)?;
        for listener in listeners {
            let _within = runtime.enter();
            let listener = tokio::net::TcpListener::from_std(listener).map_err(fault)?;
            let router = http::router(shown.clone(), bound);
            runtime.spawn(async { axum::serve(listener, router).await });
        }
        Ok(Self { runtime, port: bound })
    }

    /// The port on which the portal is.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The address of the portal.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/", self.port)
    }

    /// Serves until Ctrl+C.
    ///
    /// # Errors
    /// The system does not tell of Ctrl+C.
    pub fn until_interrupted(self) -> Result<(), Fault> {
        self.runtime.block_on(tokio::signal::ctrl_c()).map_err(|source| Fault::Serve { port: self.port, source })
    }
}

/// Ends when nobody is served any more.
fn keep_looking(
    mut bench: Bench,
    mut watch: Watch,
    sender: &latest::Sender<Arc<Shown>>,
    mut report: impl FnMut(&Looked),
) {
    while !sender.is_closed() {
        watch.wait(ANYWAY);
        if let Some(looked) = bench.look() {
            sender.send_replace(Arc::clone(bench.shown()));
            report(&looked);
        }
    }
}

fn bind(wanted: u16) -> Result<(Vec<TcpListener>, u16), Fault> {
    for port in wanted..=wanted.saturating_add(PORTS - 1) {
        match listen(port) {
            Ok(bound) => return Ok(bound),
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            Err(source) => return Err(Fault::Serve { port, source }),
        }
    }
    Err(Fault::Serve { port: wanted, source: ErrorKind::AddrInUse.into() })
}

/// Listens on both loopback addresses, for `localhost` may mean either; a machine may lack the second.
fn listen(port: u16) -> io::Result<(Vec<TcpListener>, u16)> {
    let mut listeners = vec![TcpListener::bind((Ipv4Addr::LOCALHOST, port))?];
    let bound = listeners[0].local_addr()?.port();
    match TcpListener::bind((Ipv6Addr::LOCALHOST, bound)) {
        Ok(second) => listeners.push(second),
        Err(error) if error.kind() == ErrorKind::AddrInUse => return Err(error),
        Err(_) => {}
    }
    listeners.iter().try_for_each(|listener| listener.set_nonblocking(true))?;
    Ok((listeners, bound))
}
