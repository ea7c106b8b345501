use super::*;
use crate::bindings::model::{Argument, Field, Function, Handle, Member, Module, Receiver, Value, Word};

fn docs(text: &str) -> Docs {
    Docs { text: text.into(), errors: None }
}

fn function(name: &str, receiver: Option<Receiver>, arguments: Vec<(&str, Type)>, returns: Type) -> Function {
    let argument = |(name, of): (&str, Type)| Argument { name: name.into(), of };
    Function {
        module: "things".into(),
        feature: None,
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

fn option(of: Type) -> Type {
    Type::Option(Box::new(of))
}

fn list(of: Type) -> Type {
    Type::List(Box::new(of))
}

/// A word, a value, a handle and an operation.
pub fn api() -> Api {
    let case = || Type::Handle("Case".into());
    let field = |name: &str, of| Field { name: name.into(), docs: docs("A \"field\""), of };
    let mut new = function("new", None, vec![], case());
    new.rng = true;
    new.fallible = false;
    let mut look =
        function("look", Some(Receiver::Shared), vec![("of", list(Type::Bytes))], list(Type::Text));
    look.progress = true;
    let put = vec![("other", case()), ("from", option(Type::Bytes)), ("at", option(Type::Time))];
    let module = Module {
        name: "things".into(),
        feature: Some("seal".into()),
        words: vec![Word {
            name: "Colour".into(),
            docs: docs("A colour."),
            members: vec![Member { name: "DarkRed".into(), text: "dark-red".into(), docs: docs("Dark.") }],
        }],
        values: vec![Value {
            name: "Thing".into(),
            docs: docs("A thing.\n\nOf some kind."),
            fields: vec![field("when", option(Type::Time)), field("from", Type::Number)],
        }],
        handles: vec![Handle {
            name: "Case".into(),
            docs: docs("A case."),
            constructors: vec![new],
            methods: vec![look, function("put", Some(Receiver::Exclusive), put, Type::Unit)],
        }],
        operations: vec![function(
            "ask",
            None,
            vec![("signer", Type::Signer), ("thing", Type::Value("Thing".into())), ("bytes", Type::Bytes)],
            option(Type::Value("Thing".into())),
        )],
    };
    Api { modules: vec![module] }
}

#[test]
fn values_are_dataclasses_with_what_may_be_missing_last() {
    let file = values::file(&api());
    let word = "class Colour(_Word):\n    \"\"\"A colour.\"\"\"\n\n    DARK_RED = \"dark-red\"\n    \"\"\"Dark.\"\"\"\n";
    assert!(file.contains(word), "{file}");
    let value = "@dataclass(frozen=True)\nclass Thing:\n    \"\"\"A thing.\n\n    Of some kind.\n    \"\"\"\n\n    \
                 from_: int\n    \"\"\"A \"field\" \"\"\"\n    when: datetime | None = None\n";
    assert!(file.contains(value), "{file}");
}

#[test]
fn docs_speak_python() {
    assert_eq!(
        told(&docs("Null, null, nullable; see `Key::sign`: null")),
        "Null, None, nullable; see `Key.sign`: None"
    );
    assert_eq!(docstring("A \\ and \"\"\"", ""), "\"\"\"A \\\\ and \\\"\\\"\\\" \"\"\"\n");
}

#[test]
fn stubs_have_types_and_defaults() {
    let stubs = package::stubs(&api());
    for line in [
        "    def __new__(cls) -> Case:\n",
        "    def look(self, of: Sequence[bytes | bytearray], progress: Progress | None = None) -> tuple[str, ...]:\n",
        "    def put(self, other: Case, from_: bytes | bytearray | None = None, at: datetime | None = None) -> None:\n",
        "def ask(signer: Signer, thing: Thing, bytes: bytes | bytearray) -> Thing | None:\n",
        "from collections.abc import Sequence\n",
        "from .values import Thing\n",
        "    \"\"\"Does `Case.ask`.\n\n    Errors: API-001.\n    \"\"\"\n",
    ] {
        assert!(stubs.contains(line), "{line}\n{stubs}");
    }
    let names = package::names(&api(), &Default::default());
    assert!(names.contains("from ._medledger import (\n    Case,\n    ask,\n)"), "{names}");
}

#[test]
fn calls_lock_what_they_work_on() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let examples = [("ask".to_owned(), ">>> ask()".to_owned())].into();
    let files = native::files(root, &api(), &examples).unwrap();
    assert_eq!(files[0].path, "medledger-py/src/generated/things.rs");
    let native = files[0].text.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "value!(medledger_sdk::api::things::Thing, \"Thing\", { from: \"from_\", when: \"when\", });",
        "#[new] #[pyo3(signature = ())]",
        "#[pyo3(signature = (of, progress=None))]",
        "run(py, true, || this.look(&of, &mut &progress))",
        "distinct(slf, other, \"case\")?;",
        "together(py, || Ok((slf.get().held.exclusive()?, other.get().held.shared()?)))?;",
        "this.put(other, from_.as_deref(), at)",
        "let thing = argument::<medledger_sdk::api::things::Thing>(thing, \"thing\")?;",
        "bytes.len() >= LARGE",
        "/// >>> ask()",
    ] {
        assert!(native.contains(part), "{part}\n{native}");
    }
    assert!(files[1].text.contains("things::register(module)?;"));
}
