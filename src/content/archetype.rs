//! The fields of a kind as they are explained to editors: in the order of the structs, each with title, form and
//! example.
//!
//! `new` writes a file from them and the handbook's tables list them. They are derived from the schema, so that they
//! always match what the reader accepts.

use serde_json::{Map, Value as Json};
use serde_yaml::{Mapping, Value as Yaml};

use super::site::Site;
use super::{COMMON_FIELDS, Kind, schema};

/// A field.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// Its name in content.
    pub name: String,
    /// Its title for editors.
    pub title: String,
    /// Whether it is required.
    pub need: Need,
    /// The form of its value.
    pub form: Form,
    /// A valid value, if the struct gives one.
    pub example: Option<Json>,
}

/// Whether a field is required.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// An entry without it is a mistake.
    Required,
    /// It may be left out.
    Optional,
}

/// The form of a field's value.
#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    /// Any text.
    Text,
    /// A text in a format that [`super::value::check_format`] knows by this name.
    Formatted(String),
    /// The id of an entry of a kind.
    Reference(Kind),
    /// A whole number.
    Whole,
    /// A number.
    Number,
    /// `true` or `false`.
    Truth,
    /// One of several words, each with its explanation if the struct has one in Chinese.
    Choice(Vec<(String, Option<String>)>),
    /// Fields.
    Fields(Vec<Field>),
    /// A list of values of one form.
    List(Box<Form>),
}

/// The fields of a kind: its common fields, then its own, each group in the order of its struct.
pub fn fields(kind: Kind) -> Vec<Field> {
    let schema = schema::of_kind(kind);
    let mut fields = read_fields(&schema, &schema);
    mark(&mut fields, kind.needs());
    let order = written_order(kind, &fields);
    sort(&mut fields, &order);
    fields
}

/// The settings of a portal, in the order of their struct.
pub fn site_fields() -> Vec<Field> {
    let schema = schema::of_site();
    let mut fields = read_fields(&schema, &schema);
    let sample = fields.iter().map(|field| (field.name.clone(), field.full_sample())).collect();
    let written = serde_json::from_value::<Site>(Json::Object(sample)).ok().map(serde_yaml::to_value);
    if let Some(Ok(order)) = written {
        sort(&mut fields, &order);
    }
    fields
}

/// Marks the fields that the kind's rules require, by path: `target.value`.
fn mark(fields: &mut [Field], needs: &[&str]) {
    for need in needs {
        let (name, rest) = need.split_once('.').map_or((*need, None), |(name, rest)| (name, Some(rest)));
        let Some(field) = fields.iter_mut().find(|field| field.name == name) else { continue };
        field.need = Need::Required;
        if let (Some(rest), Form::Fields(inner)) = (rest, &mut field.form) {
            mark(inner, &[rest]);
        }
    }
}

fn read_fields(root: &Json, schema: &Json) -> Vec<Field> {
    let required: Vec<&str> =
        schema.get("required").and_then(Json::as_array).into_iter().flatten().filter_map(Json::as_str).collect();
    let properties = schema.get("properties").and_then(Json::as_object);
    let field = |(name, property): (&String, &Json)| Field {
        name: name.clone(),
        title: property.get("title").and_then(Json::as_str).unwrap_or_default().to_owned(),
        need: if required.contains(&name.as_str()) { Need::Required } else { Need::Optional },
        form: read_form(root, property),
        example: property.pointer("/examples/0").cloned(),
    };
    properties.into_iter().flatten().map(field).collect()
}

fn read_form(root: &Json, schema: &Json) -> Form {
    let schema = schema::resolve(root, schema);
    if let Some(words) = words(schema) {
        return Form::Choice(words);
    }
    if schema.get("properties").is_some() {
        return Form::Fields(read_fields(root, schema));
    }
    let format = schema.get("format").and_then(Json::as_str);
    if schema::has_type(schema, "array") {
        let item = schema.get("items").map_or(Form::Text, |items| read_form(root, items));
        Form::List(Box::new(item))
    } else if schema::has_type(schema, "integer") {
        Form::Whole
    } else if schema::has_type(schema, "number") {
        Form::Number
    } else if schema::has_type(schema, "boolean") {
        Form::Truth
    } else {
        match format.map(|format| (format, Kind::ALL.iter().find(|kind| kind.reference() == format))) {
            Some((_, Some(kind))) => Form::Reference(*kind),
            Some((format, None)) => Form::Formatted(format.to_owned()),
            None => Form::Text,
        }
    }
}

fn words(schema: &Json) -> Option<Vec<(String, Option<String>)>> {
    if let Some(words) = schema.get("enum").and_then(Json::as_array) {
        return Some(words.iter().filter_map(Json::as_str).map(|word| (word.to_owned(), None)).collect());
    }
    let meaning = |variant: &Json| {
        let text = variant.get("description")?.as_str()?.trim_end_matches('.');
        text.starts_with(|c: char| !c.is_ascii()).then(|| text.to_owned())
    };
    let variants = schema.get("oneOf").and_then(Json::as_array)?;
    variants.iter().map(|variant| Some((variant.get("const")?.as_str()?.to_owned(), meaning(variant)))).collect()
}

impl Field {
    /// A valid value with every field: the example, or one made for the form. References use the id `a`.
    fn full_sample(&self) -> Json {
        match (&self.example, &self.form) {
            (Some(example), _) => example.clone(),
            (None, form) => form.full_sample(),
        }
    }
}

impl Form {
    fn full_sample(&self) -> Json {
        match self {
            Self::Text => "文字".into(),
            Self::Formatted(format) => sample_text(format).into(),
            Self::Reference(_) => "a".into(),
            Self::Whole | Self::Number => 1.into(),
            Self::Truth => true.into(),
            Self::Choice(words) => words.first().map(|(word, _)| word.clone()).into(),
            Self::Fields(fields) => fields.iter().map(|field| (field.name.clone(), field.full_sample())).collect(),
            Self::List(item) => Json::Array(vec![item.full_sample()]),
        }
    }
}

/// A valid text for a format.
pub fn sample_text(format: &str) -> &'static str {
    match format {
        "mixed-ref" => "courses/taiji",
        "date" => "2026-11-09",
        "time" => "09:00",
        "moment" => "2026-11-09 09:00",
        "span" => "2026",
        "file" => "/pictures/example.jpg",
        "focus" => "50% 50%",
        "url" => "https://example.org/",
        "phone" => "0000-0000000",
        _ => "a",
    }
}

/// The schema sorts fields by name; a sample that was read and serialised again has them in the order of the structs.
fn written_order(kind: Kind, fields: &[Field]) -> Yaml {
    let (common, own): (Vec<&Field>, Vec<&Field>) = fields.iter().partition(|field| schema::is_common(&field.name));
    let sample: Map<String, Json> = own.iter().map(|field| (field.name.clone(), field.full_sample())).collect();
    let mut order: Mapping = COMMON_FIELDS
        .iter()
        .filter_map(|name| common.iter().find(|field| field.name == *name))
        .map(|field| ((*field.name).into(), Yaml::Null))
        .collect();
    let mut whole = sample;
    whole.extend(common.iter().map(|field| (field.name.clone(), field.full_sample())));
    if let Ok((common, own)) = kind.read(Json::Object(whole)) {
        for written in [serde_yaml::to_value(common), own.to_yaml()].into_iter().flatten() {
            order.extend(written.as_mapping().cloned().unwrap_or_default());
        }
    }
    Yaml::Mapping(order)
}

fn sort(fields: &mut [Field], order: &Yaml) {
    let Some(order) = order.as_mapping() else { return };
    fields.sort_by_key(|field| order.keys().position(|key| key.as_str() == Some(field.name.as_str())));
    for field in fields {
        let Some(inner) = order.get(field.name.as_str()) else { continue };
        match &mut field.form {
            Form::Fields(fields) => sort(fields, inner),
            Form::List(item) => {
                if let (Form::Fields(fields), Some(first)) = (item.as_mut(), inner.get(0)) {
                    sort(fields, first);
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(fields: &[Field]) -> Vec<&str> {
        fields.iter().map(|field| field.name.as_str()).collect()
    }

    #[test]
    fn the_examples_of_every_kind_are_valid() {
        for kind in Kind::ALL {
            let sample = fields(*kind).iter().map(|field| (field.name.clone(), field.full_sample())).collect();
            let read = kind.read(Json::Object(sample)).map(drop).map_err(|error| error.to_string());
            assert_eq!(read, Ok(()), "{kind}");
        }
    }

    #[test]
    fn fields_come_in_the_order_of_their_structs() {
        let course = fields(Kind::Course);
        assert_eq!(names(&course)[..3], ["id", "title", "summary"]);
        assert_eq!(names(&course)[18..21], ["topics", "audiences", "level"]);
        let Some(Form::Fields(enrol)) = course.iter().find(|field| field.name == "enrol").map(|field| &field.form)
        else {
            panic!("fields")
        };
        assert_eq!(names(enrol), ["phone", "person", "place", "url", "note"]);
    }

    #[test]
    fn the_settings_come_in_the_order_of_their_struct() {
        assert_eq!(names(&site_fields())[..4], ["title", "description", "id", "since"]);
    }

    #[test]
    fn every_field_explains_itself_in_chinese() {
        fn check(kind: Kind, fields: &[Field]) {
            for field in fields {
                assert!(!field.title.is_ascii(), "{kind}: {}", field.name);
                match &field.form {
                    Form::Fields(inner) => check(kind, inner),
                    Form::List(item) => {
                        if let Form::Fields(inner) = item.as_ref() {
                            check(kind, inner);
                        }
                    }
                    _ => {}
                }
            }
        }
        for kind in Kind::ALL {
            check(*kind, &fields(*kind));
        }
        check(Kind::Page, &site_fields());
    }

    #[test]
    fn what_the_rules_ask_for_is_a_field() {
        for kind in Kind::ALL {
            let fields = fields(*kind);
            for need in kind.needs() {
                let first = need.split('.').next();
                assert!(fields.iter().any(|field| Some(field.name.as_str()) == first), "{kind}: {need}");
            }
        }
    }
}
