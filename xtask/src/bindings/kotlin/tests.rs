use super::*;
use crate::bindings::python::tests::api;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

#[test]
fn words_values_and_calls_are_written() {
    let files = emit(root(), &api()).unwrap();
    assert_eq!(files[0].path, "medledger-ffi/src/generated/things.rs");
    let text = files[0].text.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "word! { /// A colour. Colour = medledger_sdk::api::things::Colour { /// Dark. DarkRed, } }",
        "#[uniffi(default = None)] when: Option<Time>, /// A \"field\" from: u64, } }",
        "Arc::new(Case { held: Held::new(self, \"case\") })",
        "#[uniffi::constructor] pub fn new() -> Result<Arc<crate::Case>, MedledgerError> { let mut rng = entropy();",
        "Ok(medledger_sdk::api::things::Case::new(&mut rng).give())",
        "#[uniffi::method(default(progress = None))] pub fn look( &self, of: Vec<Vec<u8>>, \
         progress: Option<Arc<dyn Progress>>, )",
        "let result = held.look(&of, &mut progress); progress.answer(result)",
        "#[uniffi::method(default(from = None, at = None))]",
        "let at: Option<medledger_sdk::api::Time> = argument(at, \"at\")?;",
        "distinct(&self.held, &other.held)?;",
        "together(|| Ok((self.held.exclusive()?, other.held.shared()?)))?;",
        "answer(held.put(&other_held, from.as_deref(), at))",
        "let signer = Asked(signer); let thing: medledger_sdk::api::things::Thing = argument(thing, \"thing\")?;",
        "/// Does `Case.ask`. /// /// Errors: API-001.",
    ] {
        assert!(text.contains(part), "{part}\n{text}");
    }
    assert_eq!(files[1].text, format!("{HEAD}mod things;\n\npub use things::*;\n"));
}

#[test]
fn values_with_bytes_are_compared_in_rust() {
    let mut api = api();
    let writer = |api: &Api| Writer { api, names: names(api) }.file(&api.modules[0]);
    assert!(!writer(&api).contains("#[uniffi::export(Eq, Hash)]"));
    api.modules[0].values[0].fields[0].of = Type::Option(Box::new(Type::List(Box::new(Type::Bytes))));
    assert!(writer(&api).contains("    #[uniffi::export(Eq, Hash)]\n    Thing = "));
}

#[test]
fn names_in_comments_change_their_convention() {
    let mut api = api();
    api.modules[0].operations[0].name = "ask_again".into();
    let writer = Writer { api: &api, names: names(&api) };
    let docs =
        Docs { text: "`Case::ask_again`, `ask_again()`, ask_again, `not_a_name` */".into(), errors: None };
    assert_eq!(writer.docs(&docs), "/// `Case.askAgain`, `askAgain()`, ask_again, `not_a_name` * /\n");
}
