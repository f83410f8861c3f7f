//! Lists the references, files and texts in a value, with the path to each.
//!
//! This is a serialiser that writes nothing. References and files serialise under reserved names, so that a new kind
//! needs no code here and no field can be forgotten.

use std::fmt;

use serde::ser::{self, Impossible, Serialize, SerializeSeq, SerializeStruct, Serializer};

use super::Kind;
use super::value::MixedRef;

/// One step of a path into a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// Into a field.
    Key(&'static str),
    /// Into an item of a list.
    Index(usize),
}

/// The path from a record to one of its values.
pub type Path = Vec<Step>;

/// Something that a value refers to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// Where in the record.
    pub path: Path,
    /// What.
    pub target: Target,
}

/// What is referred to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// An entry.
    Entry(Kind, String),
    /// A file of the editor's.
    File(String),
}

/// Everything that `value` refers to, in the order of its fields.
pub fn uses<T: Serialize>(value: &T) -> Vec<Use> {
    let mut found = Vec::new();
    let mut each = |path: &[Step], name: &str, text: &str| {
        if let Some(target) = target(name, text) {
            found.push(Use { path: path.to_vec(), target });
        }
    };
    // The walker fails only on shapes that no content type has; a test walks all types.
    let _ = value.serialize(&mut Walker { path: Vec::new(), each: Each::Reference(&mut each) });
    found
}

/// Calls `each` for every text in `value` that has no format of its own, with the path to it.
pub fn texts<T: Serialize>(value: &T, each: &mut dyn FnMut(&[Step], &str)) {
    let _ = value.serialize(&mut Walker { path: Vec::new(), each: Each::Text(each) });
}

struct Walker<'t> {
    path: Path,
    each: Each<'t>,
}

/// What is looked for. Values of another sort are not turned into text.
enum Each<'t> {
    /// Texts without a format.
    Text(&'t mut dyn FnMut(&[Step], &str)),
    /// References and files, each with the name of its type.
    Reference(&'t mut dyn FnMut(&[Step], &str, &str)),
}

/// What a value of a type refers to.
fn target(name: &str, text: &str) -> Option<Target> {
    match name.strip_prefix("ref:") {
        Some(folder) => Kind::from_folder(folder).map(|kind| Target::Entry(kind, text.to_owned())),
        None if name == "file" => Some(Target::File(text.to_owned())),
        None => text.parse().ok().map(|mixed: MixedRef| Target::Entry(mixed.kind, mixed.id.to_string())),
    }
}

/// Whether values of a type refer to something.
fn is_reference(name: &str) -> bool {
    name.starts_with("ref:") || name == "file" || name == "mixed-ref"
}

/// A shape that no content type has.
#[derive(Debug)]
struct Unwalkable(String);

impl fmt::Display for Unwalkable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Unwalkable {}

impl ser::Error for Unwalkable {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

type Walked = Result<(), Unwalkable>;

/// Methods for values that cannot contain references.
macro_rules! leaves {
    ($($method:ident($($type:ty),*))*) => {
        $(fn $method(self, $(_: $type),*) -> Walked {
            Ok(())
        })*
    };
}

/// Methods for shapes that no content type has.
macro_rules! shapeless {
    ($($method:ident($($type:ty),*) -> $answer:ty;)*) => {
        $(fn $method(self, $(_: $type),*) -> Result<$answer, Unwalkable> {
            Err(ser::Error::custom(stringify!($method)))
        })*
    };
}

impl<'a, 't> Serializer for &'a mut Walker<'t> {
    type Ok = ();
    type Error = Unwalkable;
    type SerializeSeq = Self;
    type SerializeTuple = Impossible<(), Unwalkable>;
    type SerializeTupleStruct = Impossible<(), Unwalkable>;
    type SerializeTupleVariant = Impossible<(), Unwalkable>;
    type SerializeMap = Impossible<(), Unwalkable>;
    type SerializeStruct = Self;
    type SerializeStructVariant = Impossible<(), Unwalkable>;

    leaves! {
        serialize_bool(bool) serialize_i8(i8) serialize_i16(i16) serialize_i32(i32) serialize_i64(i64)
        serialize_u8(u8) serialize_u16(u16) serialize_u32(u32) serialize_u64(u64) serialize_f32(f32) serialize_f64(f64)
        serialize_char(char) serialize_bytes(&[u8]) serialize_none() serialize_unit()
        serialize_unit_struct(&'static str) serialize_unit_variant(&'static str, u32, &'static str)
    }

    fn serialize_str(self, text: &str) -> Walked {
        if let Each::Text(each) = &mut self.each {
            each(&self.path, text);
        }
        Ok(())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Walked {
        value.serialize(self)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, name: &'static str, value: &T) -> Walked {
        if let Each::Reference(each) = &mut self.each
            && is_reference(name)
        {
            each(&self.path, name, &value.serialize(Text)?);
        }
        Ok(())
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(self, _: &str, _: u32, _: &str, _: &T) -> Walked {
        Err(ser::Error::custom("newtype variant"))
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<&'a mut Walker<'t>, Unwalkable> {
        self.path.push(Step::Index(0));
        Ok(self)
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<&'a mut Walker<'t>, Unwalkable> {
        Ok(self)
    }

    shapeless! {
        serialize_tuple(usize) -> Impossible<(), Unwalkable>;
        serialize_tuple_struct(&'static str, usize) -> Impossible<(), Unwalkable>;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Impossible<(), Unwalkable>;
        serialize_map(Option<usize>) -> Impossible<(), Unwalkable>;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Impossible<(), Unwalkable>;
    }
}

impl SerializeSeq for &mut Walker<'_> {
    type Ok = ();
    type Error = Unwalkable;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, value: &T) -> Walked {
        value.serialize(&mut **self)?;
        if let Some(Step::Index(at)) = self.path.last_mut() {
            *at += 1;
        }
        Ok(())
    }

    fn end(self) -> Walked {
        self.path.pop();
        Ok(())
    }
}

impl SerializeStruct for &mut Walker<'_> {
    type Ok = ();
    type Error = Unwalkable;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Walked {
        self.path.push(Step::Key(key));
        value.serialize(&mut **self)?;
        self.path.pop();
        Ok(())
    }

    fn end(self) -> Walked {
        Ok(())
    }
}

/// Extracts the text inside a newtype.
struct Text;

impl Serializer for Text {
    type Ok = String;
    type Error = Unwalkable;
    type SerializeSeq = Impossible<String, Unwalkable>;
    type SerializeTuple = Impossible<String, Unwalkable>;
    type SerializeTupleStruct = Impossible<String, Unwalkable>;
    type SerializeTupleVariant = Impossible<String, Unwalkable>;
    type SerializeMap = Impossible<String, Unwalkable>;
    type SerializeStruct = Impossible<String, Unwalkable>;
    type SerializeStructVariant = Impossible<String, Unwalkable>;

    fn serialize_str(self, text: &str) -> Result<String, Unwalkable> {
        Ok(text.to_owned())
    }

    shapeless! {
        serialize_bool(bool) -> String; serialize_i8(i8) -> String; serialize_i16(i16) -> String; serialize_i32(i32) -> String;
        serialize_i64(i64) -> String; serialize_u8(u8) -> String; serialize_u16(u16) -> String; serialize_u32(u32) -> String;
        serialize_u64(u64) -> String; serialize_f32(f32) -> String; serialize_f64(f64) -> String;
        serialize_char(char) -> String; serialize_bytes(&[u8]) -> String; serialize_none() -> String;
        serialize_unit() -> String; serialize_unit_struct(&'static str) -> String;
        serialize_unit_variant(&'static str, u32, &'static str) -> String;
        serialize_seq(Option<usize>) -> Impossible<String, Unwalkable>;
        serialize_tuple(usize) -> Impossible<String, Unwalkable>;
        serialize_tuple_struct(&'static str, usize) -> Impossible<String, Unwalkable>;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Impossible<String, Unwalkable>;
        serialize_map(Option<usize>) -> Impossible<String, Unwalkable>;
        serialize_struct(&'static str, usize) -> Impossible<String, Unwalkable>;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Impossible<String, Unwalkable>;
    }

    fn serialize_some<T: Serialize + ?Sized>(self, _: &T) -> Result<String, Unwalkable> {
        Err(ser::Error::custom("some"))
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, _: &T) -> Result<String, Unwalkable> {
        Err(ser::Error::custom("newtype"))
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &str,
        _: u32,
        _: &str,
        _: &T,
    ) -> Result<String, Unwalkable> {
        Err(ser::Error::custom("newtype variant"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_with_their_paths() {
        let yaml = "title: t\ndate: 2026-01-01\nsource: s\nsort: notice\ngallery: [{file: a.jpg, alt: b}]\n";
        let (common, own) = Kind::News.read(serde_yaml::Deserializer::from_str(yaml)).expect("news");
        let mut all = Vec::new();
        texts(&common, &mut |path, text| all.push(format!("{path:?} {text}")));
        let crate::content::Own::News(news) = own else { panic!("news") };
        texts(news.as_ref(), &mut |path, text| all.push(format!("{path:?} {text}")));
        assert_eq!(all, [r#"[Key("title")] t"#, r#"[Key("source")] s"#, r#"[Key("gallery"), Index(0), Key("alt")] b"#]);
    }

    #[test]
    fn references_and_files_come_with_their_paths() {
        let yaml = "title: t\npicture: {file: a.jpg, alt: a}\nsources: [{document: d}]\nabout: [courses/taiji, units/jty]\nsource: s\n";
        let (common, own) = Kind::News.read(serde_yaml::Deserializer::from_str(yaml)).expect("news");
        let all: Vec<String> =
            uses(&common).into_iter().chain(own.uses()).map(|u| format!("{:?} {:?}", u.path, u.target)).collect();
        assert_eq!(
            all,
            [
                r#"[Key("picture"), Key("file")] File("a.jpg")"#,
                r#"[Key("sources"), Index(0), Key("document")] Entry(Document, "d")"#,
                r#"[Key("about"), Index(0)] Entry(Course, "taiji")"#,
                r#"[Key("about"), Index(1)] Entry(Unit, "jty")"#,
            ]
        );
    }
}
