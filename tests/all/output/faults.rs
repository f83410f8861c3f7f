//! A fault or a kill at every call of the disk, from every starting state.

use std::os::unix::process::ExitStatusExt;
use std::process::Command;
use std::{env, fs};

use super::faulty::{Call, Fate, Faulty, failing, sound};
use super::{Bench, NEW, OLD, Snapshot, build, settings};

const ENOSPC: i32 = 28;
const EIO: i32 = 5;
const EMFILE: i32 = 24;

/// The state before the build that fails.
#[derive(Clone, Copy, Debug)]
enum Start {
    Empty,
    Older,
    OlderWithForeign,
}

const STARTS: [Start; 3] = [Start::Empty, Start::Older, Start::OlderWithForeign];

/// The possible contents of the output folder: before, after one build, after two builds (when the former stylesheet is
/// gone).
struct Expected {
    before: Option<Snapshot>,
    once: Snapshot,
    twice: Snapshot,
    calls: usize,
}

fn start(start: Start) -> Bench {
    let bench = Bench::new();
    match start {
        Start::Empty => {}
        Start::Older => drop(bench.build(OLD).unwrap()),
        Start::OlderWithForeign => {
            // Twice, so that there is a back buffer too, with the foreign files of that time.
            bench.build(NEW).unwrap();
            bench.build(OLD).unwrap();
            bench.build(OLD).unwrap();
            bench.plant_foreign();
        }
    }
    bench
}

fn expected(from: Start) -> Expected {
    let bench = start(from);
    let before = bench.snapshot();
    let disk = sound();
    build(&disk, &bench.settings(), NEW).unwrap();
    let once = bench.snapshot().unwrap();
    bench.build(NEW).unwrap();
    let twice = bench.snapshot().unwrap();
    Expected { before, once, twice, calls: disk.calls() }
}

impl Expected {
    /// Checks that the folder is the former portal or the new one, and that the next build makes it the new one.
    fn check(&self, bench: &Bench, what: &str) {
        let found = bench.snapshot();
        let is_new = found.as_ref() == Some(&self.once);
        assert!(is_new || found == self.before, "{what}: a mixture: {found:#?}");
        bench.build(NEW).unwrap_or_else(|fault| panic!("{what}: the next build: {fault}"));
        let next = if is_new { &self.twice } else { &self.once };
        assert_eq!(bench.snapshot().as_ref(), Some(next), "{what}: the next build");
        bench.build(NEW).unwrap();
        assert_eq!(bench.snapshot().as_ref(), Some(&self.twice), "{what}: the build after the next");
        if bench.at("outside").exists() {
            assert_eq!(fs::read_to_string(bench.at("outside/precious.txt")).unwrap(), "precious", "{what}");
        }
    }
}

#[test]
fn two_builds_over_an_older_portal_equal_a_fresh_one() {
    let fresh = Bench::new();
    fresh.build(NEW).unwrap();
    assert_eq!(Some(expected(Start::Older).twice), fresh.snapshot());
    let with_foreign = expected(Start::OlderWithForeign).twice;
    fresh.plant_foreign();
    assert_eq!(Some(with_foreign), fresh.snapshot());
}

fn fail_everywhere(from: Start) {
    let expected = expected(from);
    for errno in [ENOSPC, EIO, EMFILE] {
        for number in 1..=expected.calls {
            let bench = start(from);
            let disk = failing(|call: &Call| call.number == number, errno);
            let result = build(&disk, &bench.settings(), NEW);
            let what = format!("{from:?}, error {errno} at call {number} of {}", expected.calls);
            let fault = result.expect_err(&what).to_string();
            assert!(fault.contains('：') && !fault.contains("os error"), "{what}: {fault}");
            expected.check(&bench, &what);
        }
    }
}

#[test]
fn an_error_at_any_call_leaves_the_former_portal_or_the_new_one_from_nothing() {
    fail_everywhere(Start::Empty);
}

#[test]
fn an_error_at_any_call_leaves_the_former_portal_or_the_new_one_from_an_older_portal() {
    fail_everywhere(Start::Older);
}

#[test]
fn an_error_at_any_call_leaves_the_former_portal_or_the_new_one_and_all_that_is_foreign() {
    fail_everywhere(Start::OlderWithForeign);
}

/// Set for the child process: the scratch folder, and the number of the call at which it is killed.
const VICTIM: &str = "SHUYUAN_OUTPUT_VICTIM";
const KILLED_AT: &str = "SHUYUAN_OUTPUT_KILLED_AT";

#[test]
fn a_kill_at_any_call_leaves_the_former_portal_or_the_new_one() {
    const THIS: &str = "output::faults::a_kill_at_any_call_leaves_the_former_portal_or_the_new_one";
    if let (Ok(out), Ok(at)) = (env::var(VICTIM), env::var(KILLED_AT)) {
        return be_killed(&out, at.parse().unwrap());
    }
    for from in STARTS {
        let expected = expected(from);
        for number in 1..=expected.calls {
            let bench = start(from);
            let status = Command::new(env::current_exe().unwrap())
                .args([THIS, "--exact"])
                .env(VICTIM, bench.at("site"))
                .env(KILLED_AT, number.to_string())
                .output()
                .unwrap()
                .status;
            let what = format!("{from:?}, killed at call {number} of {}", expected.calls);
            assert_eq!(status.signal(), Some(9), "{what}");
            expected.check(&bench, &what);
        }
    }
}

fn be_killed(out: &str, at: usize) {
    let disk = Faulty::new(move |call: &Call| if call.number == at { Fate::Die } else { Fate::Work });
    let result = build(&disk, &settings(out.into()), NEW);
    panic!("outlived call {at}: {result:?}");
}
