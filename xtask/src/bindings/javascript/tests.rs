use super::*;
use crate::bindings::model::{Argument, Field, Handle, Member, Module, Receiver, Value, Word};

fn docs(text: &str) -> Docs {
    Docs { text: text.into(), errors: None }
}

fn option(of: Type) -> Type {
    Type::Option(Box::new(of))
}

fn list(of: Type) -> Type {
    Type::List(Box::new(of))
}

fn function(name: &str, receiver: Option<Receiver>, arguments: Vec<(&str, Type)>, returns: Type) -> Function {
    let argument = |(name, of): (&str, Type)| Argument { name: name.into(), of };
    Function {
        module: "things".into(),
        feature: Some("seal".into()),
        name: name.into(),
        docs: Docs { text: format!("Does `Case::{name}`."), errors: Some("API-001.".into()) },
        receiver,
        arguments: arguments.into_iter().map(argument).collect(),
        progress: false,
        rng: false,
        returns,
        fallible: true,
    }
}

fn api() -> Api {
    let case = || Type::Handle("Case".into());
    let field = |name: &str, of| Field { name: name.into(), docs: docs("A \"field\""), of };
    let mut draw = function("draw", None, vec![], case());
    (draw.rng, draw.fallible) = (true, false);
    let mut look =
        function("look", Some(Receiver::Shared), vec![("of", list(Type::Bytes))], list(Type::Text));
    look.progress = true;
    let put = vec![("key", case()), ("with", option(case())), ("not_after", option(Type::Time))];
    let ask = vec![("signer", Type::Signer), ("thing", Type::Value("Thing".into()))];
    Api {
        modules: vec![Module {
            name: "things".into(),
            feature: Some("seal".into()),
            words: vec![Word {
                name: "Colour".into(),
                docs: docs("A colour."),
                members: vec![Member { name: "Red".into(), text: "dark-red".into(), docs: docs("Dark.") }],
            }],
            values: vec![Value {
                name: "Thing".into(),
                docs: docs("A thing.\n\nOf some `kind_of`, */ even."),
                fields: vec![field("not_after", option(Type::Time)), field("count", Type::Number)],
            }],
            handles: vec![Handle {
                name: "Case".into(),
                docs: docs("A case."),
                constructors: vec![draw],
                methods: vec![look, function("put", Some(Receiver::Exclusive), put, Type::Unit)],
            }],
            operations: vec![function("ask_all", None, ask, option(case()))],
        }],
    }
}

fn holds(text: &str, parts: &[&str]) {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in parts {
        assert!(text.contains(part), "{part}\n{text}");
    }
}

#[test]
fn functions_take_whatever_is_given_and_lock_last() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let api = api();
    let files = native::files(root, &api, &names(&api)).unwrap();
    assert_eq!(files[0].path, "medledger-wasm/src/generated/things.rs");
    holds(
        &files[0].text,
        &[
            "value!(medledger_sdk::api::Thing, \"Thing\", { not_after: 1, count: 0, });",
            "handle!(medledger_sdk::api::Case, \"Case\", \"case\");",
            "pub fn on_case_draw() -> Result<JsValue, JsValue> { let mut rng = support::entropy()?;",
            "pub fn on_case_look(this: u32, of: &JsValue, progress: &JsValue)",
            "let given = progress.answer(this.look(&of, &mut &progress))?;",
            "pub fn on_case_put(this: u32, key: u32, with: Option<u32>, not_after: &JsValue)",
            "argument::<Option<medledger_sdk::api::Time>>(not_after, \"notAfter\")?;",
            "let with = with.as_ref().map(support::shared).transpose()?;",
            "answer(this.put(&key, with.as_deref(), not_after))?;",
            "signer.answer(medledger_sdk::api::ask_all(&signer, &thing))?;",
        ],
    );
    assert!(files[1].text.contains("#[cfg(feature = \"seal\")]\nmod things;"));
}

#[test]
fn classes_wrap_keys() {
    holds(
        &classes::file("full", &api()),
        &[
            "export class Case extends $.Handle { constructor() { super(); throw $.notNew(\"Case\"); }",
            "static draw() { return $.made(Case, raw.on_case_draw()); }",
            "look(of, progress) { return raw.on_case_look($.key(this), of, progress); }",
            "put(key, with_, notAfter) { return raw.on_case_put($.key(this), $.key(key), with_ == null ? undefined : \
             $.key(with_), notAfter); }",
            "export function askAll(signer, thing) { return $.made(Case, raw.ask_all(signer, thing)); }",
        ],
    );
}

#[test]
fn types_say_what_is_taken_and_what_is_given() {
    holds(
        &types::file(&api()),
        &[
            "* A colour. * * - \"dark-red\": Dark. */ export type Colour = | \"dark-red\";",
            "* Of some `kindOf`, *\\/ even. */ export interface Thing {",
            "readonly notAfter: Date | undefined;",
            "readonly count: bigint;",
            "static draw(): Case;",
            "look(of: readonly Uint8Array[], progress?: Progress | null | undefined): string[];",
            "put(key: Case, with_?: Case | null | undefined, notAfter?: Date | null | undefined): void;",
            "/** * Does `Case.askAll`. * * @throws {@link MedledgerError} API-001. */ export function askAll(signer: Signer, \
             thing: Given<Thing>): Case | undefined;",
        ],
    );
}
