//! Operations, constructors and methods.

use syn::{FnArg, Pat, ReceiverKind, ReturnType, Signature};

use super::{File, Names, Refusal, refuse, types};
use crate::bindings::model::{Argument, Docs, Function, Receiver, Type};

/// Names that a binding gives to something of its own.
const TAKEN: &[&str] = &["close", "dispose", "free", "destroy"];

/// A function; `of` is the handle whose `impl` block it stands in.
pub fn read(
    file: &File,
    signature: &Signature,
    docs: Docs,
    of: Option<&str>,
    names: &Names,
) -> Result<Function, Refusal> {
    let path = &file.path;
    let name = signature.ident.to_string();
    if TAKEN.contains(&name.as_str()) {
        return refuse(path, signature, format!("`{name}` is what bindings call their own"));
    }
    if let Some(other) = &signature.asyncness {
        return refuse(path, other, "nothing in the interface is asynchronous");
    }
    let of_rng =
        |one: &syn::GenericParam| refuse(path, one, "what is exported has no generics and no lifetimes");
    signature.generics.params.first().map_or(Ok(()), of_rng)?;
    let (returns, fallible) = returns(path, signature, of, names)?;
    let mut function = Function {
        module: file.name.clone(),
        feature: file.feature.clone(),
        name,
        docs,
        receiver: None,
        arguments: Vec::new(),
        progress: false,
        rng: false,
        returns,
        fallible,
    };
    for input in &signature.inputs {
        input_of(path, input, names, &mut function)?;
    }
    let is_own = of.is_some_and(|name| function.returns == Type::Handle(name.to_owned()));
    if of.is_some() && function.receiver.is_none() && !is_own {
        return refuse(path, signature, "a function of a handle takes `self` or gives `Self`");
    }
    if function.docs.errors.is_none() && function.fallible {
        return refuse(path, signature, "what can fail says when, under `# Errors`");
    }
    Ok(function)
}

fn input_of(path: &str, input: &FnArg, names: &Names, function: &mut Function) -> Result<(), Refusal> {
    let input = match input {
        FnArg::Receiver(receiver) => {
            let ReceiverKind::Reference(_, None, mutable) = &receiver.kind else {
                return refuse(path, receiver, "a method takes `&self` or `&mut self`");
            };
            function.receiver = Some(if mutable.is_some() { Receiver::Exclusive } else { Receiver::Shared });
            return Ok(());
        }
        FnArg::Typed(input) => input,
    };
    let Pat::Ident(pattern) = &*input.pat else {
        return refuse(path, input, "an argument has a name");
    };
    let name = pattern.ident.to_string();
    let name = name.trim_start_matches('_').to_owned();
    if function.rng {
        return refuse(path, input, "the source of entropy comes last");
    }
    if types::is_rng(&input.ty) {
        function.rng = true;
        return Ok(());
    }
    if function.progress {
        return refuse(path, input, "`&mut dyn Progress` comes last, before the source of entropy alone");
    }
    if types::is_progress(&input.ty) {
        function.progress = true;
        return Ok(());
    }
    if ["progress", "rng"].contains(&name.as_str()) {
        return refuse(path, input, format!("`{name}` has a type of its own"));
    }
    function.arguments.push(Argument { name, of: types::argument(path, &input.ty, names)? });
    Ok(())
}

fn returns(
    path: &str,
    signature: &Signature,
    of: Option<&str>,
    names: &Names,
) -> Result<(Type, bool), Refusal> {
    let ReturnType::Type(_, of_return) = &signature.output else { return Ok((Type::Unit, false)) };
    match types::result(of_return) {
        Some(inner) => Ok((types::returned(path, inner, of, names)?, true)),
        None => Ok((types::returned(path, of_return, of, names)?, false)),
    }
}
