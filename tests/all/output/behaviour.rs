//! Guarantees of output when nothing fails, and what it refuses.

use std::fs::{self, File};
use std::os::unix::fs::{MetadataExt, symlink};
use std::sync::mpsc;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, SystemTime};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use shuyuan::diag::fault::Fault;
use shuyuan::output::disk::{Busy, RealDisk};
use shuyuan::output::{Output, Report, Settings};

use super::faulty::{Call, Fate, Faulty, failing, sound};
use super::{Bench, NEW, OLD, artifact, build};

/// A portal of three pages.
const THREE: &[(&str, &str)] = &[("a.html", "甲"), ("b.html", "乙"), ("c.html", "丙")];

/// Sets the modification time of a file to one hour ago.
fn age(bench: &Bench, path: &str) -> SystemTime {
    let hour_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
    File::options().write(true).open(bench.site(path)).unwrap().set_modified(hour_ago).unwrap();
    hour_ago
}

fn modified(bench: &Bench, path: &str) -> SystemTime {
    fs::metadata(bench.site(path)).unwrap().modified().unwrap()
}

#[test]
fn unchanged_files_keep_their_modification_time() {
    for errno in [None, Some(95), Some(1)] {
        let disk = Faulty::new(|call: &Call| match errno {
            Some(errno) if call.method == "hard_link" => Fate::Fail(std::io::Error::from_raw_os_error(errno)),
            _ => Fate::Work,
        });
        let bench = Bench::new();
        bench.build(OLD).unwrap();
        let (same, page) = (age(&bench, "same.html"), age(&bench, "index.html"));
        for portal in [NEW, NEW, OLD, NEW] {
            build(&disk, &bench.settings(), portal).unwrap();
            assert_eq!(modified(&bench, "same.html"), same, "without links: {errno:?}");
            assert_ne!(modified(&bench, "index.html"), page);
            assert_eq!(bench.read("same.html"), "the same");
        }
    }
}

#[test]
fn a_build_writes_only_what_differs() {
    let bench = Bench::new();
    let report = bench.build(OLD).unwrap();
    assert_eq!((report.written, report.unchanged, report.removed), (OLD.len(), 0, 0));
    bench.build(NEW).unwrap();
    let report = bench.build(NEW).unwrap();
    assert_eq!(report.written, 0);
    bench.write("courses/a.html", "edited");
    let created = Mutex::new(Vec::new());
    let disk = Faulty::new(|call: &Call| {
        if call.method == "create_file" || call.method == "hard_link" {
            created.lock().unwrap().push(call.path.file_name().unwrap().to_owned());
        }
        Fate::Work
    });
    let bytes = NEW.iter().map(|(_, text)| text.len() as u64).sum();
    let report = build(&disk, &bench.settings(), NEW).unwrap();
    assert_eq!(report, Report { written: 1, unchanged: NEW.len() - 1, bytes, ..Report::default() });
    assert_eq!(created.into_inner().unwrap(), ["a.html", ".shuyuan-manifest", "spare"]);
}

#[test]
fn a_build_that_changes_nothing_leaves_the_folder_where_it_is() {
    let bench = Bench::new();
    bench.build(OLD).unwrap();
    let inode = fs::metadata(bench.at("site")).unwrap().ino();
    for _ in 0..3 {
        let report = bench.build(OLD).unwrap();
        assert_eq!((report.written, report.unchanged), (0, OLD.len()));
        assert_eq!(fs::metadata(bench.at("site")).unwrap().ino(), inode);
    }
    bench.build(NEW).unwrap();
    assert_ne!(fs::metadata(bench.at("site")).unwrap().ino(), inode);
}

#[test]
fn what_was_edited_or_deleted_by_hand_is_repaired() {
    let bench = Bench::new();
    bench.build(OLD).unwrap();
    let whole = bench.snapshot();
    bench.build(OLD).unwrap();
    bench.write("index.html", "OLD HOME");
    fs::remove_file(bench.site("same.html")).unwrap();
    fs::remove_dir_all(bench.site("gone")).unwrap();
    assert_eq!(bench.build(OLD).unwrap().written, 3);
    assert_eq!(bench.snapshot(), whole);
}

#[test]
fn what_stands_is_published_again_only_if_its_bytes_are_known() {
    for in_place in [false, true] {
        let bench = Bench::new();
        let settings = Settings { in_place, ..bench.settings() };
        build(&RealDisk, &settings, THREE).unwrap();
        bench.write("b.html", "by hand");
        let age = age(&bench, "a.html");
        let output = Output::open(&RealDisk, &settings).unwrap();
        let again = |path: &str, text: &str| output.put_again(path, blake3::hash(text.as_bytes())).unwrap();
        assert!(again("a.html", "甲"));
        assert!(!again("b.html", "乙"), "it was edited by hand");
        assert!(!again("c.html", "丁"), "it was made of something else");
        assert!(!again("d.html", "戊"), "it is not there");
        output.put(artifact("b.html", "乙")).unwrap();
        let report = output.commit().unwrap();
        assert_eq!((report.written, report.unchanged, report.removed), (1, 1, 1), "in place: {in_place}");
        assert_eq!((bench.read("a.html"), bench.read("b.html")), ("甲".to_owned(), "乙".to_owned()));
        assert!(!bench.site("c.html").exists());
        assert_eq!(modified(&bench, "a.html"), age);
    }
}

#[test]
fn a_style_stays_for_exactly_one_further_build() {
    let bench = Bench::new();
    bench.build(OLD).unwrap();
    let report = bench.build(NEW).unwrap();
    assert_eq!((report.kept, bench.read("css/style.111.css").as_str()), (1, "old style"));
    assert_eq!(report.removed, 4);
    let report = bench.build(NEW).unwrap();
    assert_eq!((report.kept, report.removed), (0, 1));
    assert!(!bench.site("css/style.111.css").exists());
    bench.build(OLD).unwrap();
    bench.build(NEW).unwrap();
    bench.build(OLD).unwrap();
    assert_eq!(bench.build(OLD).unwrap().removed, 1, "made again, it counts as new");
    assert!(bench.site("css/style.111.css").exists());
}

#[test]
fn a_style_that_was_edited_by_hand_is_not_kept() {
    let bench = Bench::new();
    bench.build(OLD).unwrap();
    bench.write("css/style.111.css", "OLD STYLE");
    assert_eq!(bench.build(NEW).unwrap().kept, 0);
    assert!(!bench.site("css/style.111.css").exists());
}

#[test]
fn every_address_that_something_foreign_holds_is_named() {
    for in_place in [false, true] {
        let bench = Bench::new();
        bench.build(OLD).unwrap();
        bench.write("courses/b.html", "mine");
        fs::create_dir_all(bench.site("file-then-folder.d")).unwrap();
        bench.write("folder-then-file/mine.txt", "mine");
        let before = bench.snapshot();
        let settings = Settings { in_place, ..bench.settings() };
        let fault = build(&sound(), &settings, NEW).unwrap_err();
        let Fault::ForeignClash { clashes, .. } = &fault else { panic!("{fault}") };
        let named: Vec<_> = clashes.iter().map(|clash| (clash.needed.clone(), clash.foreign.clone())).collect();
        assert_eq!(
            named,
            [
                ("courses/b.html".into(), "courses/b.html".into()),
                ("folder-then-file".into(), "folder-then-file/mine.txt".into())
            ]
        );
        let mut after = bench.snapshot().unwrap();
        after.retain(|path, _| !path.starts_with(".shuyuan-work"));
        assert_eq!(Some(after), before);
        fs::remove_file(bench.site("courses/b.html")).unwrap();
        fs::remove_file(bench.site("folder-then-file/mine.txt")).unwrap();
        build(&sound(), &settings, NEW).unwrap();
    }
}

#[test]
fn what_the_editor_removes_from_the_foreign_files_stays_removed() {
    let bench = Bench::new();
    bench.build(OLD).unwrap();
    bench.plant_foreign();
    assert_eq!(bench.build(NEW).unwrap().foreign, 6);
    for path in ["notes.txt", "link"] {
        fs::remove_file(bench.site(path)).unwrap();
    }
    fs::remove_dir_all(bench.site("courses/notes")).unwrap();
    fs::remove_dir(bench.site("empty")).unwrap();
    for portal in [NEW, OLD, NEW, NEW] {
        assert_eq!(bench.build(portal).unwrap().foreign, 3);
        for path in ["notes.txt", "link", "courses/notes", "empty"] {
            assert!(fs::symlink_metadata(bench.site(path)).is_err(), "{path} is back");
        }
    }
}

#[test]
fn a_second_build_says_so_or_waits() {
    let bench = Arc::new(Bench::new());
    let disk = sound();
    let first = Output::open(&disk, &bench.settings()).unwrap();
    let refuse = Settings { busy: Busy::Refuse, ..bench.settings() };
    assert!(matches!(build(&sound(), &refuse, NEW), Err(Fault::Busy { .. })));
    let (sender, receiver) = mpsc::channel();
    let waiter = thread::spawn({
        let bench = Arc::clone(&bench);
        move || {
            sender.send(bench.build(NEW).unwrap()).unwrap();
        }
    });
    assert!(receiver.recv_timeout(Duration::from_millis(100)).is_err(), "it did not wait");
    for (path, text) in OLD {
        first.put(artifact(path, text)).unwrap();
    }
    first.commit().unwrap();
    let report = receiver.recv_timeout(Duration::from_secs(10)).unwrap();
    waiter.join().unwrap();
    assert_eq!(report.kept, 1, "it began from what the first one published");
}

#[test]
fn a_symlink_is_never_followed() {
    let bench = Bench::new();
    bench.build(OLD).unwrap();
    bench.build(OLD).unwrap();
    fs::create_dir(bench.at("outside")).unwrap();
    for name in ["a.html", "gone.html", "precious.txt"] {
        fs::write(bench.at("outside").join(name), "precious").unwrap();
    }
    fs::remove_dir_all(bench.site("courses")).unwrap();
    symlink(bench.at("outside"), bench.site("courses")).unwrap();
    fs::remove_file(bench.site("same.html")).unwrap();
    symlink(bench.at("outside/precious.txt"), bench.site("same.html")).unwrap();
    let Err(Fault::ForeignClash { clashes, .. }) = bench.build(NEW) else { panic!("no clash") };
    assert_eq!(clashes.len(), 4);
    bench.build(&[("index.html", "alone")]).unwrap();
    assert!(fs::symlink_metadata(bench.site("courses")).unwrap().is_symlink());
    // The symlinks are in the back buffer now; the next build needs their addresses.
    for path in ["courses", "same.html"] {
        fs::remove_file(bench.site(path)).unwrap();
    }
    bench.build(NEW).unwrap();
    bench.build(OLD).unwrap();
    for name in ["a.html", "gone.html", "precious.txt"] {
        assert_eq!(fs::read_to_string(bench.at("outside").join(name)).unwrap(), "precious");
    }
    assert_eq!(fs::read_dir(bench.at("outside")).unwrap().count(), 3);
}

#[test]
fn what_a_killed_build_left_goes_first_and_nothing_behind_a_symlink() {
    let bench = Bench::new();
    bench.build(OLD).unwrap();
    fs::create_dir(bench.at("outside")).unwrap();
    fs::write(bench.at("outside/precious.txt"), "precious").unwrap();
    let tree = bench.at(".site.shuyuan/tree");
    let open = || drop(Output::open(&sound(), &bench.settings()).unwrap());
    open();
    fs::create_dir(tree.join("deep")).unwrap();
    fs::write(tree.join("deep/half.html"), "ha").unwrap();
    symlink(bench.at("outside"), tree.join("deep/link")).unwrap();
    open();
    assert_eq!(fs::read_dir(&tree).unwrap().count(), 0);
    fs::remove_dir(&tree).unwrap();
    symlink(bench.at("outside"), &tree).unwrap();
    bench.build(NEW).unwrap();
    assert_eq!(fs::read_dir(bench.at("outside")).unwrap().count(), 1);
    assert_eq!(fs::read_to_string(bench.at("outside/precious.txt")).unwrap(), "precious");
}

#[test]
fn a_manifest_that_leads_outside_is_refused() {
    for in_place in [false, true] {
        let bench = Bench::new();
        bench.build(OLD).unwrap();
        fs::write(bench.at("precious.txt"), "precious").unwrap();
        let manifest = bench.read(".shuyuan-manifest");
        let hash = blake3::hash(b"precious").to_hex();
        let crafted = manifest.replacen('\n', &format!("\n{hash} p ../precious.txt\n"), 1);
        bench.write(".shuyuan-manifest", &crafted);
        let settings = Settings { in_place, ..bench.settings() };
        let fault = build(&sound(), &settings, NEW).unwrap_err();
        assert!(matches!(fault, Fault::BadManifest { line: Some(2), .. }), "{fault}");
        assert_eq!(fs::read_to_string(bench.at("precious.txt")).unwrap(), "precious");
        assert_eq!(bench.read("index.html"), "old home");
    }
}

#[test]
fn where_the_exchange_is_refused_nothing_is_touched() {
    let bench = Bench::new();
    bench.build(OLD).unwrap();
    bench.plant_foreign();
    let before = bench.snapshot();
    let (exdev, ebusy, einval, enosys, eopnotsupp) = (18, 16, 22, 38, 95);
    for errno in [exdev, ebusy, einval, enosys, eopnotsupp] {
        let fault =
            build(&failing(|call: &Call| call.method == "exchange", errno), &bench.settings(), NEW).unwrap_err();
        assert!(matches!(fault, Fault::ExchangeRefused { .. }), "{fault}");
        assert_eq!(bench.snapshot(), before);
    }
    bench.build(NEW).unwrap();
}

#[test]
fn who_may_not_write_beside_the_folder_learns_both_ways_out() {
    let bench = Bench::new();
    bench.build(OLD).unwrap();
    for errno in [13, 30] {
        let denied =
            failing(|call: &Call| call.method == "create_folder" && call.path.ends_with(".site.shuyuan"), errno);
        let fault = build(&denied, &bench.settings(), NEW).unwrap_err().to_string();
        assert!(fault.contains("--out") && fault.contains("--in-place"), "{fault}");
    }
}

#[test]
fn a_folder_that_is_not_ours_is_refused_and_nothing_is_left_beside() {
    let bench = Bench::new();
    bench.write("thesis.txt", "mine");
    for in_place in [false, true] {
        let settings = Settings { in_place, ..bench.settings() };
        assert!(matches!(build(&sound(), &settings, NEW), Err(Fault::NotOurs { .. })));
    }
    assert_eq!(fs::read_dir(bench.dir.path()).unwrap().count(), 1);
    assert_eq!(bench.snapshot().unwrap().len(), 1);
}

#[test]
fn a_lone_gitignore_counts_as_empty_and_stays() {
    for in_place in [false, true] {
        let bench = Bench::new();
        bench.write(".gitignore", "*\n!.gitignore\n");
        let settings = Settings { in_place, ..bench.settings() };
        assert_eq!(build(&sound(), &settings, NEW).unwrap().foreign, 1);
        assert_eq!(build(&sound(), &settings, OLD).unwrap().foreign, 1);
        assert_eq!(bench.read(".gitignore"), "*\n!.gitignore\n");
    }
}

#[test]
fn an_output_folder_behind_a_symlink_is_resolved_and_missing_parents_are_made() {
    let bench = Bench::new();
    let mut settings = bench.settings();
    settings.out.push("a/b/real");
    build(&sound(), &settings, OLD).unwrap();
    symlink("site/a/b/real", bench.at("public")).unwrap();
    settings.out = bench.settings().out.with_file_name("public");
    build(&sound(), &settings, NEW).unwrap();
    assert!(fs::symlink_metadata(bench.at("public")).unwrap().is_symlink());
    assert_eq!(bench.read("a/b/real/courses/b.html"), "b");
    settings.out = bench.settings().out.with_file_name("file");
    fs::write(bench.at("file"), "").unwrap();
    assert!(matches!(build(&sound(), &settings, NEW), Err(Fault::NotAFolder { .. })));
}

#[test]
fn an_abandoned_build_changes_nothing() {
    let bench = Bench::new();
    bench.build(OLD).unwrap();
    let before = bench.snapshot();
    for in_place in [false, true] {
        let (disk, settings) = (sound(), Settings { in_place, ..bench.settings() });
        let output = Output::open(&disk, &settings).unwrap();
        for (path, text) in NEW {
            output.put(artifact(path, text)).unwrap();
        }
        drop(output);
        let mut after = bench.snapshot().unwrap();
        after.retain(|path, _| !path.starts_with(".shuyuan-work"));
        assert_eq!(Some(after), before);
    }
    bench.build(NEW).unwrap();
}

#[test]
fn a_build_is_not_published_after_a_failed_put() {
    let bench = Bench::new();
    bench.build(OLD).unwrap();
    let disk = failing(|call: &Call| call.method == "create_file" && call.path.ends_with("courses/b.html"), 28);
    let output = Output::open(&disk, &bench.settings()).unwrap();
    let failed = NEW.iter().filter(|(path, text)| output.put(artifact(path, text)).is_err()).count();
    assert_eq!(failed, 1);
    assert!(matches!(output.commit(), Err(Fault::Unfinished)));
}

#[test]
#[cfg(debug_assertions)]
#[should_panic(expected = "index.html was put twice")]
fn one_address_twice_is_our_bug() {
    let bench = Bench::new();
    let disk = sound();
    let output = Output::open(&disk, &bench.settings()).unwrap();
    output.put(artifact("index.html", "a")).unwrap();
    let _ = output.put(artifact("index.html", "b"));
}

#[test]
fn threads_make_the_same_portal_on_the_real_disk() {
    let (one, many) = (Bench::new(), Bench::new());
    let pages: Vec<(String, String)> =
        (0..400).map(|n| (format!("k{}/s{}/{n}.html", n % 7, n % 11), format!("page {n}"))).collect();
    let settings = [one.settings(), many.settings()];
    for round in 0..2 {
        let outputs = settings.each_ref().map(|settings| Output::open(&RealDisk, settings).unwrap());
        for (path, text) in &pages {
            outputs[0].put(artifact(path, text)).unwrap();
        }
        pages.par_iter().for_each(|(path, text)| outputs[1].put(artifact(path, text)).unwrap());
        let reports = outputs.map(|output| output.commit().unwrap());
        assert_eq!(reports[0], reports[1]);
        assert_eq!(reports[0].unchanged, round * pages.len());
        assert_eq!(one.snapshot(), many.snapshot());
    }
}

/// A disk that calls `act` once, just before the trees are exchanged.
fn meanwhile(act: impl Fn() + Sync) -> Faulty<impl Fn(&Call) -> Fate + Sync> {
    let done = Mutex::new(false);
    Faulty::new(move |call: &Call| {
        if call.method == "exchange" && !std::mem::replace(&mut *done.lock().unwrap(), true) {
            act();
        }
        Fate::Work
    })
}

#[test]
fn foreign_files_that_appear_before_the_exchange_are_brought_after_it() {
    let bench = Bench::new();
    bench.build(OLD).unwrap();
    bench.write("notes.txt", "notes");
    let disk = meanwhile(|| {
        bench.write("late/deep/file.txt", "late");
        bench.write("gone/deep/late.txt", "late too");
        fs::create_dir(bench.site("empty")).unwrap();
        fs::remove_file(bench.site("notes.txt")).unwrap();
        bench.write("notes.txt", "newer notes");
    });
    build(&disk, &bench.settings(), NEW).unwrap();
    let check = || {
        assert_eq!(bench.read("late/deep/file.txt"), "late");
        assert_eq!(bench.read("gone/deep/late.txt"), "late too");
        assert_eq!(bench.read("notes.txt"), "newer notes");
        assert!(bench.site("empty").is_dir());
        assert_eq!(bench.read("courses/b.html"), "b");
    };
    check();
    for portal in [NEW, OLD, NEW] {
        bench.build(portal).unwrap();
        assert!(bench.site("late/deep/file.txt").exists());
    }
    check();
    fs::remove_dir_all(bench.site("late")).unwrap();
    bench.build(NEW).unwrap();
    assert!(!bench.site("late").exists(), "it came back from the former tree");
}

#[test]
fn foreign_files_that_appear_before_the_exchange_outlive_a_fault_after_it() {
    for after in 1.. {
        let bench = Bench::new();
        bench.build(OLD).unwrap();
        let exchanged = Mutex::new(None);
        let disk = Faulty::new(|call: &Call| {
            let mut exchanged = exchanged.lock().unwrap();
            if call.method == "exchange" {
                bench.write("late/deep.txt", "late");
                *exchanged = Some(call.number);
            }
            match *exchanged {
                Some(number) if call.number == number + after => Fate::Fail(std::io::Error::from_raw_os_error(5)),
                _ => Fate::Work,
            }
        });
        let result = build(&disk, &bench.settings(), NEW);
        bench.build(NEW).unwrap();
        assert_eq!(bench.read("late/deep.txt"), "late", "a fault {after} calls after the exchange");
        assert_eq!(bench.read("courses/b.html"), "b");
        if result.is_ok() {
            assert!(after > 3);
            break;
        }
    }
}

#[test]
fn a_foreign_file_that_takes_an_address_before_the_exchange_undoes_it() {
    let bench = Bench::new();
    bench.build(OLD).unwrap();
    let disk = meanwhile(|| bench.write("courses/b.html", "mine"));
    let fault = build(&disk, &bench.settings(), NEW).unwrap_err();
    assert!(matches!(&fault, Fault::ForeignClash { clashes, .. } if clashes.len() == 1), "{fault}");
    assert_eq!((bench.read("courses/b.html").as_str(), bench.read("index.html").as_str()), ("mine", "old home"));
    assert!(matches!(bench.build(NEW), Err(Fault::ForeignClash { .. })));
    fs::remove_file(bench.site("courses/b.html")).unwrap();
    bench.build(NEW).unwrap();
    assert_eq!(bench.read("courses/b.html"), "b");
}
