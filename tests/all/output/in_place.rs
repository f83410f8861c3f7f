//! Publishing file by file: it may be stopped at any point, and the next build completes it.

use shuyuan::output::{Report, Settings};

use super::faulty::{Call, failing, sound};
use super::{Bench, NEW, OLD, build};

fn in_place(bench: &Bench) -> Settings {
    Settings { in_place: true, ..bench.settings() }
}

#[test]
fn it_makes_the_same_portal_as_an_exchange() {
    let (exchanged, placed) = (Bench::new(), Bench::new());
    for portal in [OLD, NEW, NEW, OLD] {
        let by_exchange = exchanged.build(portal).unwrap();
        let by_file = build(&sound(), &in_place(&placed), portal).unwrap();
        assert_eq!(by_exchange, by_file);
        assert_eq!(exchanged.snapshot(), placed.snapshot());
    }
}

#[test]
fn both_ways_can_take_turns() {
    let bench = Bench::new();
    bench.build(OLD).unwrap();
    bench.plant_foreign();
    build(&sound(), &in_place(&bench), NEW).unwrap();
    let placed = bench.snapshot().unwrap();
    let Report { written, unchanged, .. } = bench.build(NEW).unwrap();
    assert_eq!((written, unchanged), (0, NEW.len()));
    let mut exchanged = bench.snapshot().unwrap();
    assert_eq!(exchanged.len() + 1, placed.len(), "the former style is gone");
    exchanged.retain(|path, _| path.as_os_str() != ".shuyuan-manifest");
    assert!(exchanged.iter().all(|(path, content)| placed[path] == *content));
}

#[test]
fn an_error_at_any_call_is_completed_by_the_next_build() {
    let start = || {
        let bench = Bench::new();
        bench.build(OLD).unwrap();
        bench.plant_foreign();
        bench
    };
    let whole = start();
    let disk = sound();
    build(&disk, &in_place(&whole), NEW).unwrap();
    whole.build(NEW).unwrap();
    for number in 1..=disk.calls() {
        let bench = start();
        let faulty = failing(|call: &Call| call.number == number, 5);
        build(&faulty, &in_place(&bench), NEW).expect_err("it fails");
        for _ in 0..2 {
            build(&sound(), &in_place(&bench), NEW).unwrap_or_else(|fault| panic!("after call {number}: {fault}"));
        }
        assert_eq!(bench.snapshot(), whole.snapshot(), "after an error at call {number} of {}", disk.calls());
    }
}

#[test]
fn nothing_is_replaced_before_all_is_prepared() {
    let bench = Bench::new();
    bench.build(OLD).unwrap();
    let before = bench.snapshot();
    let full =
        failing(|call: &Call| call.method == "create_file" && call.path.ends_with("file-then-folder/y.html"), 28);
    build(&full, &in_place(&bench), NEW).expect_err("the disk is full");
    let mut after = bench.snapshot().unwrap();
    after.retain(|path, _| !path.starts_with(".shuyuan-work"));
    assert_eq!(Some(after), before);
}

#[test]
fn it_locks_inside_where_it_may_not_write_beside() {
    let bench = Bench::new();
    build(&sound(), &in_place(&bench), OLD).unwrap();
    let is_beside = |call: &Call| call.path.components().any(|part| part.as_os_str() == ".site.shuyuan");
    let denied = failing(|call: &Call| is_beside(call) && call.method != "look", 13);
    build(&denied, &in_place(&bench), NEW).unwrap();
    assert_eq!(bench.read("courses/b.html"), "b");
    build(&denied, &in_place(&bench), OLD).unwrap();
    assert_eq!(bench.read("index.html"), "old home");
    bench.build(NEW).unwrap();
    assert!(!bench.site(".shuyuan-work").exists());
}
