//! Quiet pictures for courses that have none: a pattern in the colours of the topic, chosen by topic and title. Covers show the same pattern.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

use crate::artifact::{Artifact, Role};
use crate::content::Kind;
use crate::content::field::Field;
use crate::portal::{Item, ItemId, Portal};

/// Size of a picture in its own units.
pub const SIZE: (u32, u32) = (320, 180);

/// Ground, shade and light of each colour: of middle lightness, so that they are quiet by day and by night.
const COLOURS: [[&str; 3]; 10] = [
    ["#8fb3a8", "#76a094", "#b4cfc6"],
    ["#d0a98f", "#bd9276", "#e2c8b6"],
    ["#9db08a", "#869b71", "#bfcdb1"],
    ["#a9a3c0", "#918aae", "#c8c4d8"],
    ["#c8b078", "#b49a5e", "#ded0a9"],
    ["#8faec4", "#7598b1", "#b6ccdb"],
    ["#c59a9a", "#b18282", "#dbbfbf"],
    ["#94b5b8", "#7aa0a4", "#bad0d2"],
    ["#b3a68e", "#9d8f75", "#cfc6b5"],
    ["#a3b392", "#8b9d78", "#c5d0b9"],
];

/// What drawings are distinguished by beside the colour: more than an eye tells apart, and few enough for a large portal.
const VARIANTS: u32 = 192;

/// A pattern in the colours of a topic.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Motif {
    colour: usize,
    variant: u32,
}

impl Motif {
    /// That of an entry: the colour is the topic's.
    pub fn of(portal: &Portal, item: &Item) -> Self {
        let topic = item.edges.one(Field::Topics).map_or("", |topic| portal.item(topic).id());
        let number = |text: &str| {
            let hash = blake3::hash(text.as_bytes());
            hash.as_bytes().iter().take(4).fold(0_u32, |sum, byte| sum << 8 | u32::from(*byte))
        };
        let colour = number(topic) as usize % COLOURS.len();
        Self { colour, variant: number(&format!("{topic}\0{}", item.written_title())) % VARIANTS }
    }

    /// One of so many of its colour.
    #[must_use]
    pub fn among(self, count: u32) -> Self {
        Self { variant: self.variant % count, ..self }
    }

    /// The drawing.
    pub fn svg(self) -> String {
        draw(COLOURS[self.colour], self.variant)
    }
}

/// The drawings of a portal, by their root addresses.
#[derive(Debug, Default)]
pub(super) struct Drawings {
    of: BTreeMap<ItemId, Arc<str>>,
    files: BTreeMap<Arc<str>, Arc<[u8]>>,
}

impl Drawings {
    /// One for each published course that has no picture.
    pub fn plan(portal: &Portal) -> Self {
        let mut drawings = Self::default();
        let mut known: BTreeMap<Motif, Arc<str>> = BTreeMap::new();
        let all = portal.of_kind(Kind::Course).iter();
        for id in all.filter(|id| portal.item(**id).entry.common.picture.is_none()) {
            let motif = Motif::of(portal, portal.item(*id));
            let address = known.entry(motif).or_insert_with(|| {
                let bytes: Arc<[u8]> = motif.svg().into_bytes().into();
                let address: Arc<str> = format!("pictures/{}.svg", &blake3::hash(&bytes).to_hex()[..32]).into();
                drawings.files.insert(Arc::clone(&address), bytes);
                address
            });
            drawings.of.insert(*id, Arc::clone(address));
        }
        drawings
    }

    /// The address of the drawing of an entry.
    pub fn address(&self, id: ItemId) -> Option<&str> {
        self.of.get(&id).map(|address| &**address)
    }

    /// All addresses.
    pub fn addresses(&self) -> impl Iterator<Item = String> {
        self.files.keys().map(ToString::to_string)
    }

    /// All files.
    pub fn artifacts(&self) -> impl Iterator<Item = Artifact> {
        let artifact = |(address, bytes): (&Arc<str>, &Arc<[u8]>)| {
            Artifact::new(&**address, Arc::clone(bytes), Role::Fingerprinted)
        };
        self.files.iter().map(artifact)
    }
}

/// A picture: one of six patterns, turned and shifted by the rest of the variant.
fn draw([ground, shade, light]: [&str; 3], variant: u32) -> String {
    let (pattern, at) = (variant % 6, variant / 6);
    let (shift, step) = ((at % 8) * 14, at / 8 % 4);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 320 180\" width=\"320\" height=\"180\"><path fill=\"{ground}\" d=\"M0 0h320v180H0z\"/>"
    );
    let _ = match pattern {
        // Hills behind hills, and a sun.
        0 => write!(
            svg,
            "<circle cx=\"{}\" cy=\"{}\" r=\"{}\" fill=\"{light}\"/><path fill=\"{shade}\" opacity=\".6\" d=\"M0 {h}q60-{a} 130 0t190-10v80H0z\"/><path fill=\"{shade}\" d=\"M0 {k}q{b}-50 160-10t160-14v80H0z\"/>",
            60 + shift * 2,
            50 + step * 8,
            20 + step * 5,
            h = 112 + step * 5,
            a = 30 + shift / 2,
            k = 140 + step * 4,
            b = 50 + shift / 2
        ),
        // Ripples.
        1 => (0..6).try_for_each(|line| {
            let y = 20 + line * 28 + step * 3;
            write!(
                svg,
                "<path fill=\"none\" stroke=\"{}\" stroke-width=\"{}\" d=\"M-{} {y}q20-18 40 0t40 0 40 0 40 0 40 0 40 0 40 0 40 0 40 0 40 0 40 0\"/>",
                if (line + step) % 2 == 0 { light } else { shade },
                3 + (line + step) % 3 * 2,
                20 + (shift + line * 20) % 80
            )
        }),
        // Discs that overlap.
        2 => (0..7).try_for_each(|disc| {
            let (x, y) = ((disc * 61 + shift * 3) % 340, (disc * 47 + step * 31) % 190);
            let fill = if disc % 2 == 0 { light } else { shade };
            write!(svg, "<circle cx=\"{x}\" cy=\"{y}\" r=\"{}\" fill=\"{fill}\" opacity=\".55\"/>", 24 + disc * 13 % 40)
        }),
        // A window's lattice.
        3 => (0..=6).try_for_each(|line| {
            let size = 44 + step * 6;
            let at = line * size + shift % size;
            write!(
                svg,
                "<path fill=\"none\" stroke=\"{light}\" stroke-width=\"4\" d=\"M{at} 0v180M0 {}h320\"/><path fill=\"{shade}\" d=\"M{at} {}l14 14-14 14-14-14z\"/>",
                at % 200,
                (line * 53 + shift) % 160
            )
        }),
        // Slanted bands.
        4 => (0..8).try_for_each(|band| {
            let x = i64::from(band * (48 + step * 4) + shift % 48) - 20;
            let fill = if band % 3 == 0 { light } else { shade };
            write!(svg, "<path fill=\"{fill}\" opacity=\".6\" d=\"M{x} 0h{}l-70 180h-20z\"/>", 14 + (band * 7 + step * 5) % 18)
        }),
        // Petals around a point.
        _ => {
            let (x, y) = (70 + shift * 2, 60 + step * 20);
            (0..8).try_for_each(|petal| {
                write!(
                    svg,
                    "<ellipse cx=\"{x}\" cy=\"{}\" rx=\"{}\" ry=\"46\" fill=\"{}\" opacity=\".6\" transform=\"rotate({} {x} {y})\"/>",
                    y - 52,
                    14 + step * 3,
                    if petal % 2 == 0 { light } else { shade },
                    petal * 45 + shift
                )
            })
        }
    };
    svg + "</svg>\n"
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn drawings_are_small_and_differ() {
        let all: Vec<String> = (0..VARIANTS).map(|variant| draw(COLOURS[0], variant)).collect();
        let largest = all.iter().map(String::len).max();
        assert!(largest < Some(1500), "{largest:?}");
        assert!(all.iter().collect::<BTreeSet<_>>().len() * 10 > all.len() * 9);
    }
}
