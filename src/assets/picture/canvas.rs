//! Paints our own drawings (`drawn`) on pixels, for apps that read no SVG. Knows only what these drawings use: discs, ellipses that are turned,
//! and paths of lines and quadratic curves, filled or stroked.

use std::ops::Range;

use roxmltree::{Document, Node};

use super::pixels::Pixels;

/// Into how many lines a curve is divided.
const CURVE: u16 = 8;
/// Into how many lines a disc is divided.
const ROUND: u16 = 64;
/// How many lines of samples a row of pixels has.
const SAMPLES: u16 = 4;

type Point = (f32, f32);

/// Where a drawing is painted: its own units times `scale`, from its unit `from` downwards, below the row `top`.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// The first row of pixels.
    pub top: u32,
    /// The unit of the drawing that is at this row.
    pub from: f32,
    /// Pixels of a unit.
    pub scale: f32,
}

/// Paints a drawing over the rows of an opaque picture from the window's top on. What it does not know it leaves out.
pub fn paint(pixels: &mut Pixels, drawing: &str, window: Window) {
    let Ok(document) = Document::parse(drawing) else { return };
    let mut canvas = Canvas { cover: vec![0.0; pixels.width as usize * pixels.height as usize], pixels, window };
    document.descendants().filter(Node::is_element).for_each(|node| canvas.element(node));
}

/// Some pixels.
#[derive(Clone, Debug)]
struct Area {
    rows: Range<u32>,
    columns: Range<u32>,
}

struct Canvas<'a> {
    pixels: &'a mut Pixels,
    window: Window,
    /// How much of each pixel the shape at hand covers.
    cover: Vec<f32>,
}

impl Canvas<'_> {
    fn element(&mut self, node: Node<'_, '_>) {
        let number = |name: &str| node.attribute(name).and_then(|value| value.parse::<f32>().ok());
        let opacity = number("opacity").unwrap_or(1.0);
        let outlines = match node.tag_name().name() {
            "circle" => vec![round((number("cx"), number("cy")), (number("r"), number("r")), None)],
            "ellipse" => {
                vec![round((number("cx"), number("cy")), (number("rx"), number("ry")), node.attribute("transform"))]
            }
            "path" => outlines(node.attribute("d").unwrap_or_default()),
            _ => return,
        };
        let outlines: Vec<Vec<Point>> =
            outlines.iter().map(|outline| outline.iter().map(|at| self.placed(*at)).collect()).collect();
        if let Some(fill) = node.attribute("fill").and_then(colour) {
            let area = self.area(&outlines, 0.0);
            self.fill(&outlines, &area);
            self.blend(fill, opacity, area);
        }
        if let (Some(stroke), Some(width)) = (node.attribute("stroke").and_then(colour), number("stroke-width")) {
            let reach = width * self.window.scale / 2.0 + 0.5;
            for outline in &outlines {
                self.stroke(outline, reach);
            }
            self.blend(stroke, opacity, self.area(&outlines, reach));
        }
    }

    /// The pixels that come within reach of outlines.
    fn area(&self, outlines: &[Vec<Point>], reach: f32) -> Area {
        let range = |of: fn(&Point) -> f32, begin: u32, end: u32| {
            let places = || outlines.iter().flatten().map(of);
            let (first, last) = (places().fold(f32::MAX, f32::min) - reach, places().fold(f32::MIN, f32::max) + reach);
            whole(first).clamp(begin, end)..(whole(last) + 1).clamp(begin, end)
        };
        Area {
            rows: range(|at| at.1, self.window.top, self.pixels.height),
            columns: range(|at| at.0, 0, self.pixels.width),
        }
    }

    /// The places in `cover` of the pixels of an area, row by row.
    fn places(&self, Area { rows, columns }: Area) -> impl Iterator<Item = Range<usize>> + use<> {
        let side = self.pixels.width as usize;
        let columns = columns.start as usize..columns.end as usize;
        rows.map(move |row| row as usize * side).map(move |begin| begin + columns.start..begin + columns.end)
    }

    /// A point of the drawing, in pixels.
    fn placed(&self, (x, y): Point) -> Point {
        let Window { top, from, scale } = self.window;
        (x * scale, (y - from) * scale + real(top))
    }

    /// Covers what is inside, by lines of samples whose ends count in parts of a pixel.
    fn fill(&mut self, outlines: &[Vec<Point>], area: &Area) {
        let width = real(self.pixels.width);
        let mut cuts: Vec<f32> = Vec::new();
        // By how much more each pixel of a row is covered than the one before it.
        let mut steps = vec![0.0_f32; self.pixels.width as usize + 2];
        for (row, places) in area.rows.clone().zip(self.places(area.clone())) {
            for sample in 0..SAMPLES {
                let y = real(row) + (f32::from(sample) + 0.5) / f32::from(SAMPLES);
                cuts.clear();
                cuts.extend(outlines.iter().flat_map(|outline| crossings(outline, y)));
                cuts.sort_by(f32::total_cmp);
                for ends in cuts.chunks_exact(2) {
                    step(&mut steps, ends[0].clamp(0.0, width), 1.0 / f32::from(SAMPLES));
                    step(&mut steps, ends[1].clamp(0.0, width), -1.0 / f32::from(SAMPLES));
                }
            }
            let mut covered = 0.0;
            let steps = &mut steps[area.columns.start as usize..];
            for (cover, step) in self.cover[places].iter_mut().zip(steps.iter_mut()) {
                covered += std::mem::take(step);
                *cover = covered;
            }
            // What ends at the last column ends behind it.
            steps.iter_mut().skip(area.columns.len()).take(2).for_each(|step| *step = 0.0);
        }
    }

    /// Covers what is near to a line.
    fn stroke(&mut self, line: &[Point], reach: f32) {
        for ends in line.windows(2) {
            let area = self.area(&[ends.to_vec()], reach);
            let begin = area.columns.start;
            for (row, places) in area.rows.clone().zip(self.places(area)) {
                for (column, cover) in (begin..).zip(&mut self.cover[places]) {
                    let far = distance((real(column) + 0.5, real(row) + 0.5), ends[0], ends[1]);
                    *cover = cover.max((reach - far).clamp(0.0, 1.0));
                }
            }
        }
    }

    /// Lays a colour over what is covered, and begins anew.
    fn blend(&mut self, colour: [u8; 3], opacity: f32, area: Area) {
        for places in self.places(area) {
            let pixels = self.pixels.data[places.start * 3..places.end * 3].chunks_exact_mut(3);
            for (pixel, cover) in pixels.zip(&mut self.cover[places]) {
                // Sums of parts are not exact.
                if *cover > 0.001 {
                    let part = whole((cover.min(1.0) + 0.001).min(1.0) * opacity * 256.0);
                    pixel.iter_mut().zip(colour).for_each(|(under, over)| *under = mixed(*under, over, part));
                    *cover = 0.0;
                }
            }
        }
    }
}

/// Covers a row from a place on.
fn step(steps: &mut [f32], from: f32, weight: f32) {
    let column = whole(from);
    let part = from - real(column);
    steps[column as usize] += weight * (1.0 - part);
    steps[column as usize + 1] += weight * part;
}

/// A colour over another, `part` of 256 of it.
fn mixed(under: u8, over: u8, part: u32) -> u8 {
    let value = (u32::from(under) * (256 - part) + u32::from(over) * part) / 256;
    u8::try_from(value).unwrap_or(u8::MAX)
}

/// A side or a place in a picture, whose sides are below 2²⁴.
#[allow(clippy::cast_precision_loss, reason = "sides of pictures are exact")]
fn real(value: u32) -> f32 {
    value as f32
}

/// The pixel of a place; the first one for a place before it.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped by the cast")]
fn whole(value: f32) -> u32 {
    value.max(0.0) as u32
}

/// Where an outline, which is closed, crosses a line of samples.
fn crossings(outline: &[Point], y: f32) -> impl Iterator<Item = f32> {
    let next = outline.iter().skip(1).chain(outline.first());
    outline
        .iter()
        .zip(next)
        .filter(move |(a, b)| (a.1 <= y) != (b.1 <= y))
        .map(move |(a, b)| a.0 + (y - a.1) / (b.1 - a.1) * (b.0 - a.0))
}

/// How far a point is from a line between two others.
fn distance(at: Point, from: Point, to: Point) -> f32 {
    let (x, y) = (to.0 - from.0, to.1 - from.1);
    let length = x * x + y * y;
    let along = if length > 0.0 { (((at.0 - from.0) * x + (at.1 - from.1) * y) / length).clamp(0.0, 1.0) } else { 0.0 };
    let (x, y) = (at.0 - from.0 - along * x, at.1 - from.1 - along * y);
    (x * x + y * y).sqrt()
}

/// `#rrggbb`.
fn colour(value: &str) -> Option<[u8; 3]> {
    let number = u32::from_str_radix(value.strip_prefix('#')?, 16).ok()?;
    let [_, red, green, blue] = number.to_be_bytes();
    Some([red, green, blue])
}

/// The outline of an ellipse, turned as `rotate(degrees x y)` says.
fn round(centre: (Option<f32>, Option<f32>), radius: (Option<f32>, Option<f32>), turn: Option<&str>) -> Vec<Point> {
    let ((Some(x), Some(y)), (Some(wide), Some(high))) = (centre, radius) else { return Vec::new() };
    let turn: Vec<f32> = turn.map(numbers).unwrap_or_default();
    let turned = |(x, y): Point| match turn[..] {
        [degrees, around, below] => {
            let (sin, cos) = degrees.to_radians().sin_cos();
            let (x, y) = (x - around, y - below);
            (around + x * cos - y * sin, below + x * sin + y * cos)
        }
        _ => (x, y),
    };
    let at = |part: u16| {
        let (sin, cos) = (f32::from(part) / f32::from(ROUND) * std::f32::consts::TAU).sin_cos();
        turned((x + wide * cos, y + high * sin))
    };
    (0..ROUND).map(at).collect()
}

/// The numbers in a text; a minus begins one.
fn numbers(text: &str) -> Vec<f32> {
    let mut words: Vec<String> = vec![String::new()];
    for c in text.chars() {
        if !c.is_ascii_digit() && c != '.' {
            words.push(String::new());
        }
        if let (true, Some(word)) = (c.is_ascii_digit() || c == '.' || c == '-', words.last_mut()) {
            word.push(c);
        }
    }
    words.iter().filter_map(|word| word.parse().ok()).collect()
}

/// The lines of a path, its curves divided into short ones.
fn outlines(path: &str) -> Vec<Vec<Point>> {
    let mut all: Vec<Vec<Point>> = Vec::new();
    let mut at = (0.0, 0.0);
    // The point towards which the last curve bent.
    let mut bend = at;
    let mut rest = path;
    while let Some(command) = rest.chars().next() {
        let end = rest[1..].find(|c: char| c.is_ascii_alphabetic()).map_or(rest.len(), |end| end + 1);
        let numbers = numbers(&rest[1..end]);
        rest = &rest[end..];
        let arguments = match command {
            'M' | 'l' | 't' => 2,
            'H' | 'h' | 'v' => 1,
            'q' => 4,
            _ => continue,
        };
        for numbers in numbers.chunks_exact(arguments) {
            let from = at;
            let middle = match (command, numbers) {
                ('q', [x, y, ..]) => Some((at.0 + x, at.1 + y)),
                ('t', _) => Some((2.0 * at.0 - bend.0, 2.0 * at.1 - bend.1)),
                _ => None,
            };
            at = match (command, numbers) {
                ('M', [x, y]) => (*x, *y),
                ('l' | 't', [x, y]) | ('q', [_, _, x, y]) => (at.0 + x, at.1 + y),
                ('H', [x]) => (*x, at.1),
                ('h', [x]) => (at.0 + x, at.1),
                ('v', [y]) => (at.0, at.1 + y),
                _ => at,
            };
            bend = middle.unwrap_or(at);
            if command == 'M' {
                all.push(Vec::new());
            }
            let Some(outline) = all.last_mut() else { continue };
            match middle {
                Some(middle) => outline.extend((1..=CURVE).map(|part| between(from, middle, at, part))),
                None => outline.push(at),
            }
        }
    }
    all
}

/// A point on a curve.
fn between(from: Point, middle: Point, to: Point, part: u16) -> Point {
    let part = f32::from(part) / f32::from(CURVE);
    let mix =
        |a: f32, b: f32, c: f32| a * (1.0 - part) * (1.0 - part) + 2.0 * b * part * (1.0 - part) + c * part * part;
    (mix(from.0, middle.0, to.0), mix(from.1, middle.1, to.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Paints on white, two pixels a unit, and gives back the pixel at a unit.
    fn at(inner: &str, x: usize, y: usize) -> [u8; 3] {
        let mut pixels = Pixels { width: 40, height: 40, has_alpha: false, data: vec![255; 40 * 40 * 3] };
        let drawing = format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{inner}</svg>");
        paint(&mut pixels, &drawing, Window { top: 0, from: 0.0, scale: 2.0 });
        let begin = (y * 2 * 40 + x * 2) * 3;
        [pixels.data[begin], pixels.data[begin + 1], pixels.data[begin + 2]]
    }

    #[test]
    fn shapes_cover_what_they_cover() {
        const WHITE: [u8; 3] = [255; 3];
        let disc = "<circle cx=\"10\" cy=\"10\" r=\"5\" fill=\"#204060\"/>";
        assert_eq!((at(disc, 10, 10), at(disc, 3, 10)), ([0x20, 0x40, 0x60], WHITE));
        let faint = "<path fill=\"#000000\" opacity=\".6\" d=\"M0 0h20v10H0z\"/>";
        assert_eq!((at(faint, 5, 5), at(faint, 5, 12)), ([102; 3], WHITE));
        let line = "<path fill=\"none\" stroke=\"#000000\" stroke-width=\"4\" d=\"M10 0v20M0 4h20\"/>";
        assert_eq!((at(line, 10, 15), at(line, 3, 4), at(line, 3, 15)), ([0; 3], [0; 3], WHITE));
        let leaf = "<ellipse cx=\"10\" cy=\"4\" rx=\"1\" ry=\"4\" fill=\"#000000\" transform=\"rotate(90 10 10)\"/>";
        assert_eq!((at(leaf, 15, 10), at(leaf, 10, 4)), ([0; 3], WHITE));
        let wave = "<path fill=\"none\" stroke=\"#000000\" stroke-width=\"2\" d=\"M-5 10q5-10 10 0t10 0 10 0\"/>";
        assert_eq!((at(wave, 0, 5), at(wave, 10, 15), at(wave, 10, 5)), ([0; 3], [0; 3], WHITE));
    }

    #[test]
    fn shapes_may_lie_outside() {
        let disc = |x, y| {
            format!("<circle cx=\"{x}\" cy=\"{y}\" r=\"5\" fill=\"#000000\" stroke=\"#000000\" stroke-width=\"2\"/>")
        };
        let around: String = [(-50, 10), (70, 10), (10, -50), (10, 70), (70, 70)].map(|(x, y)| disc(x, y)).concat();
        assert_eq!(at(&around, 10, 10), [255; 3]);
        let edges: String = [(-2, 10), (22, 10), (10, -2), (10, 22)].map(|(x, y)| disc(x, y)).concat();
        let seen = [(1, 10), (19, 10), (10, 1), (10, 19), (10, 10)].map(|(x, y)| at(&edges, x, y)[0]);
        assert_eq!(seen, [0, 0, 0, 0, 255]);
    }

    #[test]
    fn rows_above_the_window_stay_as_they_are() {
        let mut pixels = Pixels { width: 4, height: 4, has_alpha: false, data: vec![9; 48] };
        let drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\"><path fill=\"#ffffff\" d=\"M-9-9h99v99H-9z\"/></svg>";
        paint(&mut pixels, drawing, Window { top: 2, from: 0.0, scale: 1.0 });
        assert_eq!((&pixels.data[..24], &pixels.data[24..]), (&[9; 24][..], &[255; 24][..]));
    }
}
