//! The schema of each kind, derived from its struct. The reader checks against it and `new` explains it.

use serde_json::Value as Json;

use super::shared::Common;
use super::site::Site;
use super::{COMMON_FIELDS, Kind};

/// The schema of a record of `kind`: the common fields, then its own.
pub fn of_kind(kind: Kind) -> Json {
    let mut schema = schemars::schema_for!(Common).to_value();
    let own = kind.own_schema().to_value();
    for part in ["properties", "$defs"] {
        let Some(more) = own.get(part).and_then(Json::as_object).cloned() else { continue };
        if !schema[part].is_object() {
            schema[part] = Json::Object(serde_json::Map::new());
        }
        if let Some(all) = schema[part].as_object_mut() {
            all.extend(more);
        }
    }
    if let (Some(all), Some(more)) = (schema["required"].as_array_mut(), own.get("required").and_then(Json::as_array)) {
        all.extend(more.iter().cloned());
    }
    schema
}

/// The kinds that have a field of their own with this name.
pub fn kinds_with(field: &str) -> Vec<Kind> {
    let has = |kind: &Kind| kind.own_schema().get("properties").is_some_and(|all| all.get(field).is_some());
    Kind::ALL.iter().copied().filter(has).collect()
}

/// The schema of the settings.
pub fn of_site() -> Json {
    schemars::schema_for!(Site).to_value()
}

/// Resolves `$ref`, and `anyOf` to the alternative that is not null.
pub fn resolve<'a>(root: &'a Json, schema: &'a Json) -> &'a Json {
    if let Some(name) = schema.get("$ref").and_then(Json::as_str) {
        let target = name.strip_prefix('#').and_then(|pointer| root.pointer(pointer));
        return target.map_or(schema, |target| resolve(root, target));
    }
    let alternatives = schema.get("anyOf").and_then(Json::as_array);
    let solid =
        alternatives.and_then(|all| all.iter().find(|one| one.get("type").and_then(Json::as_str) != Some("null")));
    solid.map_or(schema, |solid| resolve(root, solid))
}

/// Whether the schema accepts a value of the JSON type `name`.
pub fn has_type(schema: &Json, name: &str) -> bool {
    match schema.get("type") {
        Some(Json::String(one)) => one == name,
        Some(Json::Array(any)) => any.iter().any(|one| one.as_str() == Some(name)),
        _ => false,
    }
}

/// Whether a field is one of the common fields.
pub fn is_common(field: &str) -> bool {
    COMMON_FIELDS.contains(&field)
}
