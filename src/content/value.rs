//! The small values in content fields: ids, references, dates, numbers, files.
//!
//! Each has exactly one notation and the `format` name that the schema uses for it. None knows where it was written.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;
use std::ops::RangeInclusive;
use std::str::FromStr;

use jiff::{ToSpan as _, civil};
use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{self, Deserializer, Visitor};
use serde::{Deserialize, Serialize, Serializer};

use super::phone::{self, Phone};
use super::{Kind, Record};
use crate::reading::{self, Read};

/// Why a text does not match its format. The catalogue in `diag` has the wording for editors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Malformed {
    /// Not an id; with a proposal, if one can be made from the text.
    Id(Option<String>),
    /// An id reserved for generated pages or by file systems.
    Reserved,
    /// Not `kind/id`, or the kind is unknown.
    MixedRef,
    /// Not `YYYY-MM-DD`.
    Date,
    /// Written like a date, but no such day exists.
    NoSuchDay,
    /// Not `HH:MM`, or no such time of day.
    Time,
    /// Not `YYYY-MM-DD HH:MM`.
    Moment,
    /// Not one of the forms of [`Span`].
    Span,
    /// Not a decimal number.
    Number,
    /// A year that cannot be meant: not one of [`YEARS`].
    Year,
    /// A fee that cannot be meant.
    Fee(NoFee),
    /// No telephone number that can be called; the piece that looks like one, if there is one.
    Phone(Option<String>),
    /// Not a path below the content folder.
    Path,
    /// Not two percentages.
    Focus,
    /// Not a width and a height.
    Aspect,
    /// Not an `http:`, `https:`, `tel:` or `mailto:` URL.
    Url,
}

/// Maximum length of an id in bytes.
pub const ID_LIMIT: usize = 80;

/// Device names on Windows without a number.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];

/// Checks that `text` is an id: `[a-z0-9]+(-[a-z0-9]+)*`, at most [`ID_LIMIT`] bytes, and not reserved.
pub fn check_id(text: &str) -> Result<(), Malformed> {
    if !is_shaped(text) {
        return Err(Malformed::Id(propose_id(text)));
    }
    if is_reserved(text) { Err(Malformed::Reserved) } else { Ok(()) }
}

fn is_shaped(text: &str) -> bool {
    let word = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    text.len() <= ID_LIMIT && text.split('-').all(word)
}

fn is_reserved(text: &str) -> bool {
    let digits = |rest: &str| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit());
    text == "index" || text.strip_prefix("page-").is_some_and(digits) || is_device(text)
}

/// Whether a stem in lower case is the name of a device on Windows, which is not allowed as a file's stem there.
pub fn is_device(stem: &str) -> bool {
    let numbered = |device: &str| {
        stem.strip_prefix(device).is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_digit()))
    };
    DEVICES.contains(&stem) || numbered("com") || numbered("lpt")
}

/// An id made from `text`: Han become pinyin, upper case becomes lower case, everything else a hyphen.
pub fn propose_id(text: &str) -> Option<String> {
    id_of(&reading::of_text(text))
}

/// An id for an entry of a kind, made from its title.
pub fn propose_id_for(kind: Kind, title: &str) -> Option<String> {
    id_of(&kind.read_title(title))
}

fn id_of(read: &[Read]) -> Option<String> {
    let mut spaced = String::new();
    for (c, syllable) in read {
        match syllable {
            Some(syllable) => spaced.extend([" ", *syllable, " "]),
            None if c.is_ascii_alphanumeric() => spaced.push(c.to_ascii_lowercase()),
            None => spaced.push(' '),
        }
    }
    let id = spaced.split_whitespace().collect::<Vec<_>>().join("-").replace('ü', "v");
    (is_shaped(&id) && !is_reserved(&id)).then_some(id)
}

/// An id, unique in its kind and chosen by the editor; it is also the slug.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Id(Box<str>);

impl Id {
    /// The id as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Id {
    type Err = Malformed;
    fn from_str(text: &str) -> Result<Self, Malformed> {
        check_id(text).map(|()| Self(text.into()))
    }
}

/// A reference to one entry of the kind `T`, by its bare id.
pub struct Ref<T> {
    id: Box<str>,
    kind: PhantomData<fn() -> T>,
}

impl<T> Ref<T> {
    /// The id referred to.
    pub fn id(&self) -> &str {
        &self.id
    }
}

impl<T> Clone for Ref<T> {
    fn clone(&self) -> Self {
        Self { id: self.id.clone(), kind: PhantomData }
    }
}

impl<T> fmt::Debug for Ref<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.id)
    }
}

impl<T> PartialEq for Ref<T> {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl<'de, T: Record> Deserialize<'de> for Ref<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let id: Id = parsed(deserializer)?;
        Ok(Self { id: id.0, kind: PhantomData })
    }
}

/// Serialised under a name that [`super::walk`] recognises as a reference to the kind.
impl<T: Record> Serialize for Ref<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(T::KIND.reference(), self.id())
    }
}

impl<T: Record> JsonSchema for Ref<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        T::KIND.reference().into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "string", "format": T::KIND.reference()})
    }
}

/// A reference to an entry of any kind: `kind/id`, with the kind's folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MixedRef {
    /// The kind referred to.
    pub kind: Kind,
    /// The id in that kind.
    pub id: Id,
}

impl FromStr for MixedRef {
    type Err = Malformed;
    fn from_str(text: &str) -> Result<Self, Malformed> {
        let (folder, id) = text.split_once('/').ok_or(Malformed::MixedRef)?;
        let kind = Kind::from_folder(folder).ok_or(Malformed::MixedRef)?;
        Ok(Self { kind, id: id.parse()? })
    }
}

/// The years that content may name.
pub const YEARS: RangeInclusive<i16> = 1900..=2100;

/// A year, one of [`YEARS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Year(pub i16);

impl fmt::Display for Year {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de> Deserialize<'de> for Year {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let year = i16::deserialize(deserializer)?;
        if YEARS.contains(&year) { Ok(Self(year)) } else { Err(de::Error::custom("year")) }
    }
}

impl Serialize for Year {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i16(self.0)
    }
}

impl JsonSchema for Year {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "year".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "integer", "format": "year", "minimum": YEARS.start(), "maximum": YEARS.end()})
    }
}

/// A calendar day of one of [`YEARS`], written `YYYY-MM-DD`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(pub civil::Date);

impl FromStr for Day {
    type Err = Malformed;
    fn from_str(text: &str) -> Result<Self, Malformed> {
        let bytes = text.as_bytes();
        let shaped = bytes.len() == 10
            && bytes.iter().enumerate().all(|(at, b)| match at {
                4 | 7 => *b == b'-',
                _ => b.is_ascii_digit(),
            });
        if !shaped {
            return Err(Malformed::Date);
        }
        let day: civil::Date = text.parse().map_err(|_| Malformed::NoSuchDay)?;
        if YEARS.contains(&day.year()) { Ok(Self(day)) } else { Err(Malformed::Year) }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A time of day to the minute, written `HH:MM` on 24 hours; `24:00` is the end of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Clock {
    /// Minutes since the beginning of the day, at most 1,440.
    minutes: i16,
}

impl Clock {
    /// The end of a day.
    pub const MIDNIGHT: Self = Self { minutes: 24 * 60 };

    /// The moment on a day.
    pub fn on(self, day: civil::Date) -> civil::DateTime {
        let midnight = day.to_datetime(civil::Time::midnight());
        midnight.checked_add(i64::from(self.minutes).minutes()).unwrap_or(midnight)
    }
}

impl From<civil::Time> for Clock {
    fn from(time: civil::Time) -> Self {
        Self { minutes: i16::from(time.hour()) * 60 + i16::from(time.minute()) }
    }
}

impl FromStr for Clock {
    type Err = Malformed;
    fn from_str(text: &str) -> Result<Self, Malformed> {
        let (hour, minute) = text.split_once(':').ok_or(Malformed::Time)?;
        let digits =
            |part: &str, widths: &[usize]| widths.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(hour, &[1, 2]) || !digits(minute, &[2]) {
            return Err(Malformed::Time);
        }
        let number = |part: &str| part.parse::<i16>().map_err(|_| Malformed::Time);
        let (hour, minute) = (number(hour)?, number(minute)?);
        let minutes = hour * 60 + minute;
        if minute < 60 && minutes <= 24 * 60 { Ok(Self { minutes }) } else { Err(Malformed::Time) }
    }
}

impl fmt::Display for Clock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.minutes / 60, self.minutes % 60)
    }
}

/// A day and a time in the site's time zone, written `YYYY-MM-DD HH:MM` (a `T` between them is accepted).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Moment(pub civil::DateTime);

impl FromStr for Moment {
    type Err = Malformed;
    fn from_str(text: &str) -> Result<Self, Malformed> {
        let (day, time) = text.split_once([' ', 'T']).ok_or(Malformed::Moment)?;
        let Day(day) = day.parse().map_err(|cause| match cause {
            Malformed::NoSuchDay | Malformed::Year => cause,
            _ => Malformed::Moment,
        })?;
        let clock: Clock = time.trim_start().parse()?;
        Ok(Self(clock.on(day)))
    }
}

/// A period as notices write it: `2022`, `2022-H1`, `2023-02` or `2023-07-10`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Span {
    /// A whole year.
    Year(i16),
    /// The first or second half of a year.
    Half(i16, i8),
    /// A month.
    Month(i16, i8),
    /// A day.
    Day(Day),
}

impl Span {
    /// The first day of the period.
    pub fn first(self) -> civil::Date {
        match self {
            Self::Year(year) => civil::date(year, 1, 1),
            Self::Half(year, half) => civil::date(year, if half == 1 { 1 } else { 7 }, 1),
            Self::Month(year, month) => civil::date(year, month, 1),
            Self::Day(Day(day)) => day,
        }
    }

    /// The last day of the period.
    pub fn last(self) -> civil::Date {
        match self {
            Self::Year(year) => civil::date(year, 12, 31),
            Self::Half(year, half) => civil::date(year, if half == 1 { 6 } else { 12 }, 30 + i8::from(half == 2)),
            Self::Month(..) => self.first().last_of_month(),
            Self::Day(Day(day)) => day,
        }
    }
}

impl FromStr for Span {
    type Err = Malformed;
    fn from_str(text: &str) -> Result<Self, Malformed> {
        let year = |part: &str| {
            let shaped = part.len() == 4 && part.bytes().all(|b| b.is_ascii_digit());
            let year: i16 = part.parse().ok().filter(|_| shaped).ok_or(Malformed::Span)?;
            if YEARS.contains(&year) { Ok(year) } else { Err(Malformed::Year) }
        };
        match text.len() {
            4 => year(text).map(Self::Year),
            7 => {
                let (first, rest) = text.split_once('-').ok_or(Malformed::Span)?;
                let first = year(first)?;
                match rest {
                    "H1" => Ok(Self::Half(first, 1)),
                    "H2" => Ok(Self::Half(first, 2)),
                    _ => {
                        let month = rest.parse::<i8>().map_err(|_| Malformed::Span)?;
                        if (1..=12).contains(&month) {
                            Ok(Self::Month(first, month))
                        } else {
                            Err(Malformed::NoSuchDay)
                        }
                    }
                }
            }
            10 => text.parse().map(Self::Day).map_err(|cause| match cause {
                Malformed::NoSuchDay | Malformed::Year => cause,
                _ => Malformed::Span,
            }),
            _ => Err(Malformed::Span),
        }
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Half(year, half) => write!(f, "{year:04}-H{half}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Day(day) => day.fmt(f),
        }
    }
}

/// A decimal number, exactly as written: `2`, `0.5`, `97.5`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Number(pub Decimal);

impl Number {
    /// Whether it is below zero.
    pub fn is_negative(self) -> bool {
        self.0 < Decimal::ZERO
    }
}

impl FromStr for Number {
    type Err = Malformed;
    fn from_str(text: &str) -> Result<Self, Malformed> {
        text.parse().map(Self).map_err(|_| Malformed::Number)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.normalize().fmt(f)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Digits;
        impl Visitor<'_> for Digits {
            type Value = Number;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a number")
            }
            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Number, E> {
                Ok(Number(value.into()))
            }
            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Number, E> {
                Ok(Number(value.into()))
            }
            fn visit_f64<E: de::Error>(self, value: f64) -> Result<Number, E> {
                value.to_string().parse().map_err(|_| E::custom("number"))
            }
        }
        deserializer.deserialize_any(Digits)
    }
}

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl JsonSchema for Number {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "number".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "number"})
    }
}

/// A fee in yuan, from 0 to [`FEE_LIMIT`], with two decimals at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fee(Number);

/// The largest fee.
pub const FEE_LIMIT: u32 = 100_000;

/// Why a number cannot be meant as a fee.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoFee {
    /// Below zero.
    Negative,
    /// Above [`FEE_LIMIT`].
    Huge,
    /// A fraction of a fen.
    Fraction,
}

impl Fee {
    /// Whether there is nothing to pay.
    pub fn is_free(self) -> bool {
        self.0.0.is_zero()
    }
}

impl TryFrom<Number> for Fee {
    type Error = NoFee;
    fn try_from(number: Number) -> Result<Self, NoFee> {
        if number.is_negative() {
            Err(NoFee::Negative)
        } else if number.0 > FEE_LIMIT.into() {
            Err(NoFee::Huge)
        } else if number.0.normalize().scale() > 2 {
            Err(NoFee::Fraction)
        } else {
            Ok(Self(number))
        }
    }
}

impl fmt::Display for Fee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<'de> Deserialize<'de> for Fee {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Number::deserialize(deserializer)?.try_into().map_err(|_| de::Error::custom("fee"))
    }
}

impl Serialize for Fee {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl JsonSchema for Fee {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> Cow<'static, str> {
        "fee".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({"type": "number", "format": "fee"})
    }
}

/// Reads a list that may not be empty.
pub fn not_empty<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    let list = Vec::deserialize(deserializer)?;
    if list.is_empty() { Err(de::Error::custom("empty")) } else { Ok(list) }
}

/// A path to a file: relative to the file that contains it, or from `content/` if it starts with `/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilePath(Box<str>);

impl FilePath {
    /// The path as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for FilePath {
    type Err = Malformed;
    fn from_str(text: &str) -> Result<Self, Malformed> {
        // `C:` is a disk, not a folder of the content.
        let disk = text.as_bytes().get(1) == Some(&b':') && text.starts_with(|c: char| c.is_ascii_alphabetic());
        let clean = !disk && !text.is_empty() && !text.contains('\\') && !text.contains('\0') && !text.contains("://");
        if clean { Ok(Self(text.into())) } else { Err(Malformed::Path) }
    }
}

/// The point that is kept when a picture is cropped: percent from the left and from the top, such as `60% 30%`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Focus {
    /// Percent of the width, from the left.
    pub x: u8,
    /// Percent of the height, from the top.
    pub y: u8,
}

impl Focus {
    /// The middle.
    pub const CENTRE: Self = Self { x: 50, y: 50 };
}

impl FromStr for Focus {
    type Err = Malformed;
    fn from_str(text: &str) -> Result<Self, Malformed> {
        let percent = |part: &str| {
            let value = part.strip_suffix('%').and_then(|digits| digits.parse().ok()).filter(|value| *value <= 100);
            value.ok_or(Malformed::Focus)
        };
        let (x, y) = text.split_once(' ').ok_or(Malformed::Focus)?;
        Ok(Self { x: percent(x)?, y: percent(y.trim_start())? })
    }
}

/// An aspect ratio, such as `3:2`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Aspect {
    /// Parts of the width.
    pub width: u8,
    /// Parts of the height.
    pub height: u8,
}

impl FromStr for Aspect {
    type Err = Malformed;
    fn from_str(text: &str) -> Result<Self, Malformed> {
        let parts = |part: &str| part.parse().ok().filter(|parts| *parts > 0).ok_or(Malformed::Aspect);
        let (width, height) = text.split_once(':').ok_or(Malformed::Aspect)?;
        Ok(Self { width: parts(width)?, height: parts(height)? })
    }
}

/// An external URL: `https:`, `http:`, `tel:` or `mailto:`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Url(Box<str>);

impl Url {
    /// The address as written; of a telephone number, the address that can be called.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Url {
    type Err = Malformed;
    fn from_str(text: &str) -> Result<Self, Malformed> {
        let plain = !text.contains(|c: char| c.is_whitespace() || c.is_control() || "<>\"'`".contains(c));
        match external(text) {
            // What stands behind an address in a sentence is no part of it.
            Some(Ok(url)) if url.ends_with(['。', '，', '、', '；', '）', '”', '》']) => Err(Malformed::Url),
            Some(Ok(url)) if plain || url.starts_with("tel:") => Ok(Self(url.into())),
            Some(Err(cause)) => Err(cause),
            Some(Ok(_)) | None => Err(Malformed::Url),
        }
    }
}

/// The external URL that a text is, if it begins as one: `https:`, `http:`, `tel:` or `mailto:`, in upper or lower case. The scheme
/// comes back in lower case, and a telephone so that it can be called.
///
/// # Errors
/// A URL without a host or a mailbox, or a telephone without a number.
pub fn external(text: &str) -> Option<Result<String, Malformed>> {
    let begins = |scheme: &'static str| {
        let (start, rest) = text.split_at_checked(scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then_some((scheme, rest))
    };
    let (scheme, rest) = ["https://", "http://", "tel:", "mailto:"].into_iter().find_map(begins)?;
    if scheme == "tel:" {
        return Some(phone::link(rest).ok_or_else(|| Malformed::Phone(Some(rest.to_owned()))));
    }
    let is_whole = !rest.starts_with(['/', '?', '#']) && !rest.is_empty();
    Some(if is_whole { Ok(format!("{scheme}{rest}")) } else { Err(Malformed::Url) })
}

/// Reads a text and parses it. The error message is never shown: checking against the schema finds what is wrong, and
/// where.
pub(super) fn parsed<'de, D: Deserializer<'de>, T: FromStr<Err = Malformed>>(deserializer: D) -> Result<T, D::Error> {
    struct Text<T>(PhantomData<T>);
    impl<T: FromStr<Err = Malformed>> Visitor<'_> for Text<T> {
        type Value = T;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a text")
        }
        fn visit_str<E: de::Error>(self, text: &str) -> Result<T, E> {
            text.parse().map_err(|cause: Malformed| E::custom(format!("{cause:?}")))
        }
    }
    deserializer.deserialize_str(Text(PhantomData))
}

/// Implements serde and schema traits for text values: the schema's `format` is the name that [`check_format`] knows.
macro_rules! text_values {
    ($($type:ident $format:literal)*) => {
        $(
            impl<'de> Deserialize<'de> for $type {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    parsed(deserializer)
                }
            }

            impl Serialize for $type {
                fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                    serializer.serialize_newtype_struct($format, &self.to_string())
                }
            }

            impl JsonSchema for $type {
                fn inline_schema() -> bool {
                    true
                }
                fn schema_name() -> Cow<'static, str> {
                    $format.into()
                }
                fn json_schema(_: &mut SchemaGenerator) -> Schema {
                    json_schema!({"type": "string", "format": $format})
                }
            }
        )*

        /// Checks `text` against the schema's `format`; an unknown format accepts everything.
        pub fn check_format(format: &str, text: &str) -> Result<(), Malformed> {
            match format {
                $($format => text.parse::<$type>().map(drop),)*
                "phone" => text.parse::<Phone>().map(drop),
                _ if format.starts_with("ref:") => check_id(text),
                _ => Ok(()),
            }
        }
    };
}

text_values! {
    Id "id"
    MixedRef "mixed-ref"
    Day "date"
    Clock "time"
    Moment "moment"
    Span "span"
    FilePath "file"
    Url "url"
    Focus "focus"
    Aspect "aspect"
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for MixedRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.kind.folder(), self.id)
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.0.date(), Clock::from(self.0.time()))
    }
}

impl fmt::Display for FilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for Focus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}% {}%", self.x, self.y)
    }
}

impl fmt::Display for Aspect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.width, self.height)
    }
}

impl fmt::Display for Url {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_lower_case_words_joined_by_hyphens() {
        for good in ["a", "taiji-24", "2022-muye", "page-x", "com10"] {
            assert_eq!(check_id(good), Ok(()), "{good}");
        }
        for bad in ["", "-a", "a-", "a--b", "A", "太极", "a b", "a_b"] {
            assert!(matches!(check_id(bad), Err(Malformed::Id(_))), "{bad}");
        }
        for reserved in ["index", "page-2", "con", "lpt1"] {
            assert_eq!(check_id(reserved), Err(Malformed::Reserved), "{reserved}");
        }
    }

    #[test]
    fn a_proposal_is_pinyin_in_lower_case() {
        assert_eq!(propose_id("太极拳 24式").as_deref(), Some("tai-ji-quan-24-shi"));
        assert_eq!(propose_id("My_Course").as_deref(), Some("my-course"));
        assert_eq!(propose_id("“重庆”火锅２０２６").as_deref(), Some("chong-qing-huo-guo-2026"));
        assert_eq!(propose_id("女红（ＶＲ版）").as_deref(), Some("nv-gong-vr-ban"));
        assert_eq!(propose_id("单某的课").as_deref(), Some("shan-mou-de-ke"));
        assert_eq!(propose_id_for(Kind::Star, "单志强").as_deref(), Some("shan-zhi-qiang"));
        assert_eq!(propose_id_for(Kind::Course, "单簧管").as_deref(), Some("dan-huang-guan"));
        assert_eq!(propose_id("！！"), None);
    }

    #[test]
    fn spans_know_their_days() {
        let days = |text: &str| text.parse::<Span>().map(|s| (s.first().to_string(), s.last().to_string()));
        assert_eq!(days("2022-H2"), Ok(("2022-07-01".into(), "2022-12-31".into())));
        assert_eq!(days("2024-02"), Ok(("2024-02-01".into(), "2024-02-29".into())));
        assert_eq!(days("2023-13"), Err(Malformed::NoSuchDay));
        assert_eq!(days("23-1"), Err(Malformed::Span));
    }

    #[test]
    fn days_tell_a_wrong_form_from_a_day_that_does_not_exist() {
        assert_eq!("2026-13-45".parse::<Day>(), Err(Malformed::NoSuchDay));
        assert_eq!("2026/1/5".parse::<Day>(), Err(Malformed::Date));
        assert!("2026-02-28".parse::<Day>().is_ok());
        assert_eq!("0202-11-09".parse::<Day>(), Err(Malformed::Year));
        assert_eq!("2206-11-09 09:00".parse::<Moment>(), Err(Malformed::Year));
        assert_eq!("1206-H1".parse::<Span>(), Err(Malformed::Year));
    }

    #[test]
    fn a_day_ends_at_24_o_clock() {
        let moment = |text: &str| text.parse::<Moment>().map(|moment| moment.0.to_string());
        assert_eq!(moment("2026-12-31 24:00"), Ok("2027-01-01T00:00:00".to_owned()));
        assert_eq!("24:00".parse::<Clock>().map(|clock| clock.to_string()), Ok("24:00".to_owned()));
        for bad in ["24:01", "25:00", "09:60", "9点", "099:00"] {
            assert_eq!(bad.parse::<Clock>(), Err(Malformed::Time), "{bad}");
        }
    }

    #[test]
    fn a_fee_is_no_debt_and_no_fortune() {
        let fee = |text: &str| Fee::try_from(serde_yaml::from_str::<Number>(text).expect("number"));
        assert_eq!(fee("12.50").map(|fee| fee.to_string()), Ok("12.5".to_owned()));
        assert_eq!(fee("-0").map(Fee::is_free), Ok(true));
        for (text, cause) in [("-5", NoFee::Negative), ("1e9", NoFee::Huge), ("0.333", NoFee::Fraction)] {
            assert_eq!(fee(text), Err(cause), "{text}");
        }
    }

    #[test]
    fn a_focus_is_two_percentages() {
        assert_eq!("60% 30%".parse(), Ok(Focus { x: 60, y: 30 }));
        assert_eq!("100%  0%".parse(), Ok(Focus { x: 100, y: 0 }));
        for bad in ["", "60%", "60 30", "101% 0%", "-1% 0%", "60%，30%", "60% 30% 10%"] {
            assert_eq!(bad.parse::<Focus>(), Err(Malformed::Focus), "{bad}");
        }
        assert_eq!("3:2".parse(), Ok(Aspect { width: 3, height: 2 }));
        assert_eq!("3:0".parse::<Aspect>(), Err(Malformed::Aspect));
    }

    #[test]
    fn numbers_keep_their_decimals() {
        assert_eq!(serde_yaml::from_str::<Number>("97.50").expect("number").to_string(), "97.5");
        assert!(serde_yaml::from_str::<Number>("'2'").is_err());
    }
}
