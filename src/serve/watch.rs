//! Waits for changes of files. System events only trigger a check; the fingerprint decides. It is taken by walking the files
//! again, so that files in new folders are found and our own reads do not count as changes.

use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use camino::{Utf8Path, Utf8PathBuf};
use notify::event::{AccessKind, AccessMode};
use notify::{Config, EventKind, RecommendedWatcher, RecursiveMode, Watcher as _};

use crate::load::TOPS;
use crate::load::fingerprint::Fingerprint;

/// Files must be quiet for this long, so that several saves count as one change.
const QUIET: Duration = Duration::from_millis(20);

/// Maximum time to wait for quiet.
const PATIENCE: Duration = Duration::from_secs(1);

/// Why waiting ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Woken {
    /// Something happened to the files.
    Event,
    /// Timeout.
    Time,
}

/// Waits for changes in the folders that a build reads.
#[derive(Debug)]
pub struct Watch {
    root: Utf8PathBuf,
    /// `None` if the system does not support watching; then only timeouts occur.
    watcher: Option<RecommendedWatcher>,
    events: Receiver<()>,
    /// The folders that are watched.
    folders: Option<Fingerprint>,
    // Keeps the channel open, so that waiting without a watcher is not an error.
    _sender: mpsc::Sender<()>,
}

impl Watch {
    /// Starts watching.
    pub fn new(root: &Utf8Path) -> Self {
        let (sender, events) = mpsc::channel();
        let on_event = {
            let sender = sender.clone();
            move |event: notify::Result<notify::Event>| {
                if event.map_or(true, |event| is_change(event.kind)) {
                    let _ = sender.send(());
                }
            }
        };
        // Does not follow symlinks: they are a mistake, and may lead to the whole disk.
        let watcher = RecommendedWatcher::new(on_event, Config::default().with_follow_symlinks(false)).ok();
        let mut watch = Self { root: root.to_owned(), watcher, events, folders: None, _sender: sender };
        watch.arm();
        watch
    }

    /// Waits for a change followed by a short quiet period, or for the timeout.
    pub fn wait(&mut self, at_most: Duration) -> Woken {
        if self.events.recv_timeout(at_most).is_err() {
            return Woken::Time;
        }
        let start = Instant::now();
        while start.elapsed() < PATIENCE && self.events.recv_timeout(QUIET) != Err(RecvTimeoutError::Timeout) {}
        while self.events.try_recv().is_ok() {}
        Woken::Event
    }

    /// Watches these folders, if they are others than before: the watch of one that was deleted and created again is gone. Tells whether
    /// they are others.
    pub fn follow(&mut self, folders: Option<Fingerprint>) -> bool {
        let is_new = self.folders != folders;
        if is_new {
            self.folders = folders;
            self.arm();
        }
        is_new
    }

    /// Renews all watches. The root is watched to notice that the folders in it are made.
    fn arm(&mut self) {
        let Some(watcher) = &mut self.watcher else { return };
        let tops = TOPS.map(|top| (self.root.join(top), RecursiveMode::Recursive));
        for (folder, mode) in tops.into_iter().chain([(self.root.clone(), RecursiveMode::NonRecursive)]) {
            // A missing folder is not an error.
            let _ = watcher.unwatch(folder.as_std_path());
            let _ = watcher.watch(folder.as_std_path(), mode);
        }
    }
}

/// Reads are not changes; closing a file after writing is.
fn is_change(kind: EventKind) -> bool {
    match kind {
        EventKind::Access(access) => access == AccessKind::Close(AccessMode::Write),
        EventKind::Any | EventKind::Create(_) | EventKind::Modify(_) | EventKind::Remove(_) | EventKind::Other => true,
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::diag::Findings;
    use crate::load::Inputs;

    const LONG: Duration = Duration::from_secs(20);

    fn project() -> (tempfile::TempDir, Utf8PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let root = Utf8PathBuf::from_path_buf(folder.path().to_owned()).unwrap();
        fs::create_dir_all(root.join("content/pages")).unwrap();
        fs::write(root.join("content/site.yaml"), "a").unwrap();
        (folder, root)
    }

    fn inputs(root: &Utf8Path) -> Inputs {
        Inputs::from_disk(root, &mut Findings::default()).unwrap()
    }

    fn fingerprint(root: &Utf8Path) -> Option<Fingerprint> {
        inputs(root).fingerprint()
    }

    #[test]
    fn writing_wakes_and_reading_does_not() {
        let (_folder, root) = project();
        let mut watch = Watch::new(&root);
        fs::read(root.join("content/site.yaml")).unwrap();
        let before = fingerprint(&root);
        assert_eq!(watch.wait(Duration::from_millis(200)), Woken::Time);
        fs::write(root.join("content/pages/a.md"), "a").unwrap();
        assert_eq!(watch.wait(LONG), Woken::Event);
        assert_ne!(fingerprint(&root), before);
    }

    #[test]
    fn a_folder_deleted_and_made_again_is_watched() {
        let (_folder, root) = project();
        let mut watch = Watch::new(&root);
        assert!(watch.follow(inputs(&root).folders()));
        fs::remove_dir_all(root.join("content")).unwrap();
        assert_eq!(watch.wait(LONG), Woken::Event);
        fs::create_dir_all(root.join("content/pages")).unwrap();
        assert_eq!(watch.wait(LONG), Woken::Event);
        assert!(watch.follow(inputs(&root).folders()), "another folder of the same name");
        assert_eq!(watch.wait(Duration::from_millis(200)), Woken::Time, "watching anew is no event");
        fs::write(root.join("content/pages/a.md"), "a").unwrap();
        assert_eq!(watch.wait(LONG), Woken::Event);
        assert!(!watch.follow(inputs(&root).folders()), "only a file is new");
    }

    #[test]
    fn a_fingerprint_tells_files_apart_but_not_what_editors_programs_leave() {
        let (_folder, root) = project();
        let before = fingerprint(&root);
        fs::write(root.join("content/.a.md.swp"), "x").unwrap();
        fs::create_dir(root.join("site")).unwrap();
        assert_eq!(fingerprint(&root), before);
        fs::rename(root.join("content/site.yaml"), root.join("content/site.yml")).unwrap();
        let renamed = fingerprint(&root);
        assert_ne!(renamed, before);
        fs::write(root.join("content/b"), "a").unwrap();
        fs::rename(root.join("content/b"), root.join("content/site.yml")).unwrap();
        assert_ne!(fingerprint(&root), renamed, "another file of the same name and length");
    }
}
