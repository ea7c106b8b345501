//! Every kind of vector: which artifact runs it, and how one is checked. `README.md` beside the vectors says just this.

/// One kind.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// Its name, as files are named.
    pub name: &'static str,
    /// Whether the verifying light client runs it; the whole library runs all.
    pub light: bool,
    /// The operations of the library's interface that check one.
    pub operations: &'static str,
    /// What is given and what must come out, for whoever writes a runner.
    pub checking: &'static str,
}

/// Every kind, in the order in which they build on each other.
pub const KINDS: &[Kind] = &[
    Kind {
        name: "wire",
        light: true,
        operations: "`inspect`",
        checking: "Decode `bytes` as the wire type `type` of medledger.cddl, under every rule of encoding.md, and show it as JSON: \
                   the text must be `json`, character for character. A struct is an object with the fields' names in their order, \
                   an enum `{\"Variant\":{…}}` or, without fields, `\"Variant\"`; no spaces; bytes are lower-case hex; integers \
                   beyond ±2^53 are texts; of texts only `\"`, `\\` and what lies below U+0020 is escaped, the latter as `\\u00xx`. \
                   `Payload`, `Body` and `Operation` are decoded under the limits of a transaction, `BlockBody` under those of a \
                   block, `Genesis` and `Facts` under their own, all others under those of proofs (registries.md). Of a refused \
                   one `rule` is the first rule that decoding finds broken. Where the library has an encoder, encoding the value \
                   again must give `bytes`.",
    },
    Kind {
        name: "wire-full",
        light: false,
        operations: "`inspect`",
        checking: "As `wire`: the types of wallets' files, sealed records, gateways and saved ledgers.",
    },
    Kind {
        name: "hash",
        light: true,
        operations: "`tagged_hash`",
        checking: "`hash` is SHA3-256 of the tag's 16 bytes and `data` (together `steps.hashed`). A tag that is not in the register \
                   is refused.",
    },
    Kind {
        name: "key",
        light: true,
        operations: "`key_id`, `successor_digest`, `did_key`",
        checking: "The three names of a `public_key`: `id`, `successor_digest`, `did_key`. `steps` has the seed and what is hashed.",
    },
    Kind {
        name: "log",
        light: true,
        operations: "`log_root`, `MerkleLog`",
        checking: "The root of the log of `leaves`, each a tagged hash, is `root`: built at once, and leaf by leaf.",
    },
    Kind {
        name: "inclusion",
        light: true,
        operations: "`check_inclusion`",
        checking: "`proof` shows that leaf `index` of the log with this `root` and `size` is `leaf`; or `rule` refuses it.",
    },
    Kind {
        name: "consistency",
        light: true,
        operations: "`check_consistency`",
        checking: "`proof` shows that the log with `new_root` and `new_size` begins with that of `old_root` and `old_size`; or \
                   `rule` refuses it.",
    },
    Kind {
        name: "state",
        light: true,
        operations: "`check_state_proof`",
        checking: "`proof` is a ValueProof. Under `root` it gives `answers` to `keys`, in their order: present with the value, \
                   absent, or unproven (which is not absent); or `rule` refuses it.",
    },
    Kind {
        name: "state-keys",
        light: true,
        operations: "`check_state_keys`",
        checking: "`proof` is a StateProof, which must be about just `keys`. `answers` are in the order of the keys; of a present \
                   one `value` is the value's hash.",
    },
    Kind {
        name: "signature",
        light: true,
        operations: "`verify_signature`",
        checking: "`signature` is one of `public_key` over `message` under the rule of encoding.md; or `rule` is the first check \
                   that fails. `steps.hashed` is what SHA-512 is taken of, `steps.k` that modulo L.",
    },
    Kind {
        name: "signatures",
        light: true,
        operations: "`verify_signatures`",
        checking: "`bad` are those of `claims` that do not hold, by index from 0, each with the rule that `signature` would give. \
                   Every list is also to be checked as the claims one by one, with the same answers.",
    },
    Kind {
        name: "counter",
        light: true,
        operations: "`check_counter`",
        checking: "In the replay window `base`, `used` the `counter` is used: the window is then `base`, `used` of the answer; or \
                   `rule` refuses the counter.",
    },
    Kind {
        name: "transaction",
        light: true,
        operations: "`read_transaction`, `verify_signature`",
        checking: "`bytes` is a transaction for the ledger `chain`: it shows what the answer has (`signed` is what the signature \
                   covers; each approval of `approvals` has its `key`, what it `signed`, and its `signature`). With \
                   `keys`, public keys in the order signer, then approvals, each signature verifies. Or `rule` refuses it.",
    },
    Kind {
        name: "terms",
        light: true,
        operations: "`terms_from_bytes`, `terms_to_bytes`, `check_terms`",
        checking: "`bytes` are the terms of a consent, and written again they are the same. `open` is the rule by which they can't \
                   stand open on a ledger, or null. Or `rule` refuses them wherever they are kept.",
    },
    Kind {
        name: "decide",
        light: true,
        operations: "`terms_from_bytes`, `decide`",
        checking: "What `terms` (bytes) answer to `request` at the time `at` (consent.md): `effect`, `reason`, the `path` of rules, \
                   `obligations`. In a request's `reach` null is unknown; with `set` the lists bound a set of records, else one \
                   record has just these.",
    },
    Kind {
        name: "decide-all",
        light: true,
        operations: "`terms_from_bytes`, `decide_by_consent`, `decide_by_ground`",
        checking: "What all active `consents` of a subject, in the order of their slots, answer to `request` at `at`: on `basis`, a \
                   consent's id; or, where that is null, on a legal ground that has `overrides_deny`.",
    },
    Kind {
        name: "genesis",
        light: true,
        operations: "`read_genesis`",
        checking: "`genesis` begins the ledger `chain`; or `rule` refuses it.",
    },
    Kind {
        name: "header",
        light: true,
        operations: "`LightClient`: `trust`, `newest`",
        checking: "A reader that trusts `genesis` and whose clock shows `now` is shown the `headers`, each with its evidence, one \
                   after another. The answer is what it then holds as the newest; or `rule` refuses the last one.",
    },
    Kind {
        name: "receipt",
        light: true,
        operations: "`LightClient.trust`, `LightClient.read_receipt`",
        checking: "A reader as in `header` has satisfied itself of the header `seen`, where that is not null, and checks `receipt`. \
                   `rule` in `out` is that which the ledger refused the transaction by, or null.",
    },
    Kind {
        name: "subject-log",
        light: true,
        operations: "`LightClient`: `read_timeline`, `read_access_log`, `read_authority_log`",
        checking: "`proof` is a LogProof, read as the `log` of that name: it is whole. `complete` is, of an access log, whether every \
                   session is closed; `transactions` are those behind the entries of the two others, in their order.",
    },
    Kind {
        name: "proven-state",
        light: true,
        operations: "`LightClient.read_state`, `ProvenState`: `header`, `identity`, `consents`",
        checking: "`proof` is a CertifiedState. Of `did` it is asked (`asks`) for the `identity`, of which `keys` are the ids of its \
                   live keys, devices first, or null where there provably is none; or for the active `consents`, by id in the order \
                   of their slots. What the proof does not cover is refused (API-008), never answered with nothing.",
    },
    Kind {
        name: "proof-file",
        light: true,
        operations: "`check_proof`, `LightClient`: `check_file`, `read_record`, `read_export`",
        checking: "`file` is a ProofFile, checked with nothing but `genesis` at the time `now`, and demanded to reach the header \
                   `at_least` where that is not null. It shows a `record` or an `export`, the other being null. Of a refused one \
                   `rule` is the code of the report's fault.",
    },
    Kind {
        name: "ledger",
        light: false,
        operations: "`Ledger.open`, `Ledger.status`, `Ledger.block_summary`",
        checking: "`ledger` is a SavedLedger. Opened at the time `now`, every block judged, executed and held against its evidence, \
                   it is `chain` at `height`, `time` and `app_root`; `blocks` has of each block, from height 1, the hash of its \
                   header and `results`: `[rule or null, how many in a row]`. Or `rule` is the first that refuses a block.",
    },
    Kind {
        name: "commitments",
        light: true,
        operations: "`commit`",
        checking: "What a record with `content` and `facts` commits to under these salts: `content` is the hash of \
                   `steps.content_hashed`, `facts` that of `steps.facts_hashed`. The lists of facts are given in their order.",
    },
    Kind {
        name: "fhir",
        light: false,
        operations: "`canonical_fhir`",
        checking: "The canonical form of `json` (bytes) is the text `canonical`.",
    },
    Kind {
        name: "fhir-date",
        light: false,
        operations: "`fhir_interval`",
        checking: "The FHIR dateTime `date`, in `zone` where it has none of its own, spans `start` to `end`.",
    },
    Kind {
        name: "fhir-bundle",
        light: false,
        operations: "`read_bundle`, `tagged_hash`",
        checking: "`bundle` has these `entries`, in their order, with their `facts`; `canonical` is the hash of the entry's canonical \
                   form under the tag `ml1 content`.",
    },
    Kind {
        name: "fhir-consent",
        light: false,
        operations: "`check_consent`",
        checking: "What the FHIR R4 `consent` answers to `question`, taken literally: `effect`, `reason`, the `path` of provisions, \
                   and the elements of permits that name what is not known (`unmatched`). One that can't be read faithfully is \
                   refused by `rule`.",
    },
    Kind {
        name: "fhir-terms",
        light: false,
        operations: "`read_consent`, `terms_to_bytes`",
        checking: "The terms (bytes) that `consent` comes to on a ledger, dates without a zone being in `zone` or in none that is known, \
                   nobody being named but by DIDs.",
    },
    Kind {
        name: "sheet",
        light: false,
        operations: "`Sheet.from_words`, `Sheet.keys`, `SheetKeys`: `device`, `agreement`, `controller`, `successor_digest`",
        checking: "The public keys of `identity` and its `device` that follow from `words` and `passphrase` (wallet.md). `steps` has the \
                   entropy and BIP-39's seed.",
    },
    Kind {
        name: "keystore",
        light: false,
        operations: "`Keystore`: `open`, `identities`, `signing_key`, `agreement_key`",
        checking: "`file` opens with `passphrase` and keeps `identities`, each with the id of its signing key and its public \
                   agreement key.",
    },
    Kind {
        name: "sealed",
        light: false,
        operations: "`RecordKey.from_secret`, `SealedRecord`: `from_container`, `header`, `open`",
        checking: "`container` opens with `key` as the record with these `commitments`, to `original` and `content` (the same but for \
                   FHIR, whose content is canonical), with facts of this `reference`.",
    },
    Kind {
        name: "wrap",
        light: false,
        operations: "`AgreementKey.from_secret`, `unwrap_key`",
        checking: "`wrap` opens with the recipient's `secret`, on the ledger `chain` and for the record with these `commitments`, to \
                   `key`.",
    },
];

/// The kind of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name)
}
