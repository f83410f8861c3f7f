//! `serve`: serves the portal from memory on loopback, with live reload. One thread watches the files and builds
//! snapshots; the server answers from the latest one and tells browsers when the page they show has changed.
//!
//! Artifacts are the same as in a build; the reload script is added only to responses, and nothing is written except
//! the picture cache.

mod http;
mod partial;
pub mod snapshot;
pub mod watch;

use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, Ipv6Addr, TcpListener};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::runtime::Runtime;
use tokio::sync::{Semaphore, watch as latest};

use crate::diag::fault::Fault;
use snapshot::{Bench, Displayed, Looked, Project};
use watch::Watch;

/// Shortest and longest interval at which files are checked without an event: network drives send none, and midnight has none.
const ANYWAY: [Duration; 2] = [Duration::from_secs(2), Duration::from_secs(5)];

/// The part of the time that goes into such checks, as long as the interval allows: one in this many.
const SHARE: u32 = 100;

/// Number of ports that are tried, starting with the one asked for.
const PORTS: u16 = 100;

/// Number of connections that are answered at the same time. A browser opens six.
const CONNECTIONS: usize = 128;

/// How long a browser may take to say what it wants; a connection that says nothing is closed.
const HEADERS_WITHIN: Duration = Duration::from_secs(5);

/// A running server. Dropping it stops it.
#[derive(Debug)]
pub struct Server {
    runtime: Runtime,
    port: u16,
}

impl Server {
    /// Builds the portal and serves it on `port`, or on the next free port if that is taken; 0 is any free port. The
    /// result of every check of the files is passed to `report`; the first build is reported before this returns.
    ///
    /// # Errors
    /// If no port is available. A portal that cannot be built is no error: its mistakes are served instead.
    pub fn start(project: Project, port: u16, mut report: impl FnMut(&Looked) + Send + 'static) -> Result<Self, Fault> {
        let (listeners, bound) = bind(port)?;
        let fault = |source| Fault::Serve { port: bound, source };
        // Starts before the first check, so that no change is missed in between.
        let watch = Watch::new(&project.root);
        let mut bench = Bench::new(project);
        bench.look().iter().for_each(&mut report);
        let (sender, shown) = latest::channel(Arc::clone(bench.shown()));
        let keep = move || keep_looking(bench, watch, &sender, report);
        thread::Builder::new().name("look".to_owned()).spawn(keep).map_err(fault)?;
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().map_err(fault)?;
        let seats = Arc::new(Semaphore::new(CONNECTIONS));
        for listener in listeners {
            let _within = runtime.enter();
            let listener = tokio::net::TcpListener::from_std(listener).map_err(fault)?;
            runtime.spawn(accept(listener, http::router(shown.clone(), bound), Arc::clone(&seats)));
        }
        Ok(Self { runtime, port: bound })
    }

    /// The port of the server.
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
    /// If the system does not report Ctrl+C.
    pub fn until_interrupted(self) -> Result<(), Fault> {
        self.runtime.block_on(tokio::signal::ctrl_c()).map_err(|source| Fault::Serve { port: self.port, source })
    }
}

/// Answers connections, at most as many at a time as there are seats; others wait.
async fn accept(listener: tokio::net::TcpListener, router: Router, seats: Arc<Semaphore>) {
    while let Ok(seat) = Arc::clone(&seats).acquire_owned().await {
        let Ok((stream, _)) = listener.accept().await else {
            // Too many files may be open: connections that end close some.
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        let service = TowerToHyperService::new(router.clone());
        tokio::spawn(async move {
            let mut connection = http1::Builder::new();
            connection.timer(TokioTimer::new()).header_read_timeout(HEADERS_WITHIN);
            // What goes wrong on a connection concerns only the browser at its other end.
            let _ = connection.serve_connection(TokioIo::new(stream), service).await;
            drop(seat);
        });
    }
}

/// Checks the files repeatedly until the server is dropped.
fn keep_looking(
    mut bench: Bench,
    mut watch: Watch,
    sender: &latest::Sender<Arc<Displayed>>,
    mut report: impl FnMut(&Looked),
) {
    let mut anyway = ANYWAY[0];
    while !sender.is_closed() {
        // What changed before new folders were watched is looked for at once.
        let is_new = watch.follow(bench.folders());
        watch.wait(if is_new { Duration::ZERO } else { anyway });
        let began = Instant::now();
        if let Some(looked) = bench.look() {
            sender.send_replace(Arc::clone(bench.shown()));
            report(&looked);
        } else {
            anyway = (began.elapsed() * SHARE).clamp(ANYWAY[0], ANYWAY[1]);
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

/// Listens on both loopback addresses, since `localhost` may resolve to either; IPv6 may be missing.
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
