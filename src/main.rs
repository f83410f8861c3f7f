//! x
use shuyuan::{diag, entry, load};
fn main() {
    let mut f = diag::Findings::default();
    let inputs = load::Inputs::from_disk(".".into(), &mut f).map_err(|e| e.to_string()).expect("disk");
    let e = entry::read(&inputs, &mut f);
    eprintln!("{} entries {} broken {:?}", e.entries.len(), e.broken.len(), e.poisoned);
    print!("{}", diag::format::render(&f.sorted(), diag::format::Format::Text));
}
