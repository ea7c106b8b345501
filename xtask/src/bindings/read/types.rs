//! Types, each in its place: a field, an argument, a return.

use syn::spanned::Spanned;
use syn::{GenericArgument, PathArguments, PathSegment, TypeParamBound, TypeReference};

use super::{Kind, Names, Refusal, refuse};
use crate::bindings::model::Type;

/// The last part of a type's path: `api::Time` is `Time`.
fn segment(of: &syn::Type) -> Option<&PathSegment> {
    match of {
        syn::Type::Path(path) if path.qself.is_none() => path.path.segments.last(),
        _ => None,
    }
}

/// The name of a type without arguments.
fn plain(of: &syn::Type) -> Option<String> {
    let segment = segment(of)?;
    segment.arguments.is_none().then(|| segment.ident.to_string())
}

/// The type in `name<…>`.
fn inside<'a>(of: &'a syn::Type, name: &str) -> Option<&'a syn::Type> {
    let segment = segment(of)?;
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    match arguments.args.first() {
        Some(GenericArgument::Type(inner)) if segment.ident == name => Some(inner),
        _ => None,
    }
}

/// The type in `Result<…, Error>`.
pub fn result(of: &syn::Type) -> Option<&syn::Type> {
    let segment = segment(of)?;
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    let mut both = arguments.args.iter();
    match (both.next(), both.next()) {
        (Some(GenericArgument::Type(inner)), Some(GenericArgument::Type(error)))
            if segment.ident == "Result" && plain(error).as_deref() == Some("Error") =>
        {
            Some(inner)
        }
        _ => None,
    }
}

/// `&mut impl CryptoRng`.
pub fn is_rng(of: &syn::Type) -> bool {
    match of {
        syn::Type::Reference(TypeReference { mutability: Some(_), elem, .. }) => match &**elem {
            syn::Type::ImplTrait(one) => bound(one.bounds.iter(), "CryptoRng"),
            _ => false,
        },
        _ => false,
    }
}

/// `&mut dyn Progress`.
pub fn is_progress(of: &syn::Type) -> bool {
    match of {
        syn::Type::Reference(TypeReference { mutability: Some(_), elem, .. }) => match &**elem {
            syn::Type::TraitObject(one) => bound(one.bounds.iter(), "Progress"),
            _ => false,
        },
        _ => false,
    }
}

fn bound<'a>(mut bounds: impl Iterator<Item = &'a TypeParamBound>, name: &str) -> bool {
    matches!(
        (bounds.next(), bounds.next()),
        (Some(TypeParamBound::Trait(one)), None)
            if one.path.segments.last().is_some_and(|last| last.ident == name)
    )
}

/// Types that stand for themselves in every place.
fn copied(name: &str, names: &Names) -> Option<Type> {
    match name {
        "bool" => Some(Type::Bool),
        "Time" => Some(Type::Time),
        "Moment" => Some(Type::Moment),
        other => (names.kind(other) == Some(Kind::Word)).then(|| Type::Word(other.to_owned())),
    }
}

fn shown(of: &syn::Type) -> String {
    of.span().source_text().unwrap_or_else(|| "this".into())
}

/// A value's field: numbers are `Count`, bytes `Bytes`.
pub fn field(path: &str, of: &syn::Type, names: &Names) -> Result<Type, Refusal> {
    if let Some(inner) = inside(of, "Option") {
        return match field(path, inner, names)? {
            Type::Option(_) => refuse(path, of, "an option of an option can't be told in other languages"),
            inner => Ok(Type::Option(Box::new(inner))),
        };
    }
    if let Some(inner) = inside(of, "Vec") {
        return match field(path, inner, names)? {
            Type::Option(_) => refuse(path, of, "a list holds no options"),
            inner => Ok(Type::List(Box::new(inner))),
        };
    }
    let found = plain(of).and_then(|name| match name.as_str() {
        "Count" => Some(Type::Number),
        "String" => Some(Type::Text),
        "Bytes" => Some(Type::Bytes),
        other if names.kind(other) == Some(Kind::Value) => Some(Type::Value(name)),
        other => copied(other, names),
    });
    found.map_or_else(|| refuse(path, of, format!("`{}` is no type of a value's field", shown(of))), Ok)
}

/// A return: numbers are `u64`, bytes `Vec<u8>`. `of_handle` is what `Self` stands for.
pub fn returned(path: &str, of: &syn::Type, of_handle: Option<&str>, names: &Names) -> Result<Type, Refusal> {
    if matches!(of, syn::Type::Tuple(tuple) if tuple.elems.is_empty()) {
        return Ok(Type::Unit);
    }
    if let Some(inner) = inside(of, "Option") {
        return match returned(path, inner, of_handle, names)? {
            Type::Option(_) | Type::Unit => {
                refuse(path, of, "an option is of something that can be told from nothing")
            }
            inner => Ok(Type::Option(Box::new(inner))),
        };
    }
    if let Some(inner) = inside(of, "Vec") {
        if plain(inner).as_deref() == Some("u8") {
            return Ok(Type::Bytes);
        }
        return match returned(path, inner, of_handle, names)? {
            Type::Handle(_) => refuse(path, of, "handles come one at a time"),
            Type::Option(_) | Type::Unit => refuse(path, of, "a list holds no options"),
            inner => Ok(Type::List(Box::new(inner))),
        };
    }
    let found = plain(of).and_then(|name| match (name.as_str(), of_handle) {
        ("u64", _) => Some(Type::Number),
        ("String", _) => Some(Type::Text),
        ("Self", Some(handle)) => Some(Type::Handle(handle.to_owned())),
        (other, _) => match names.kind(other) {
            Some(Kind::Value) => Some(Type::Value(name)),
            Some(Kind::Handle) => Some(Type::Handle(name)),
            _ => copied(other, names),
        },
    });
    found.map_or_else(|| refuse(path, of, format!("`{}` is not returned", shown(of))), Ok)
}

/// An argument: what is copied by value, the rest borrowed.
pub fn argument(path: &str, of: &syn::Type, names: &Names) -> Result<Type, Refusal> {
    let found = match inside(of, "Option") {
        Some(inner) => match single(inner, names) {
            Some(Type::Signer) | None => None,
            Some(inner) => Some(Type::Option(Box::new(inner))),
        },
        None => single(of, names).or_else(|| slice(of, names)),
    };
    found.map_or_else(|| refuse(path, of, format!("`{}` is no type of an argument", shown(of))), Ok)
}

fn borrowed(of: &syn::Type) -> Option<&syn::Type> {
    match of {
        syn::Type::Reference(TypeReference { mutability: None, lifetime: None, elem, .. }) => Some(elem),
        _ => None,
    }
}

fn single(of: &syn::Type, names: &Names) -> Option<Type> {
    let Some(inner) = borrowed(of) else {
        return match plain(of)?.as_str() {
            "u64" => Some(Type::Number),
            other => copied(other, names),
        };
    };
    match inner {
        syn::Type::Slice(slice) if plain(&slice.elem).as_deref() == Some("u8") => Some(Type::Bytes),
        syn::Type::TraitObject(one) if bound(one.bounds.iter(), "Signer") => Some(Type::Signer),
        other => {
            let name = plain(other)?;
            match (name.as_str(), names.kind(&name)) {
                ("str", _) => Some(Type::Text),
                (_, Some(Kind::Value)) => Some(Type::Value(name)),
                (_, Some(Kind::Handle)) => Some(Type::Handle(name)),
                _ => None,
            }
        }
    }
}

/// `&[V]`, `&[String]`, `&[Vec<u8>]`.
fn slice(of: &syn::Type, names: &Names) -> Option<Type> {
    let syn::Type::Slice(slice) = borrowed(of)? else { return None };
    let inner = match inside(&slice.elem, "Vec") {
        Some(byte) if plain(byte).as_deref() == Some("u8") => Type::Bytes,
        Some(_) => return None,
        None => {
            let name = plain(&slice.elem)?;
            match (name.as_str(), names.kind(&name)) {
                ("String", _) => Type::Text,
                (_, Some(Kind::Value)) => Type::Value(name),
                _ => return None,
            }
        }
    };
    Some(Type::List(Box::new(inner)))
}
