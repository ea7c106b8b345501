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
];

/// The kind of this name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Kind> {
    KINDS.iter().find(|kind| kind.name == name)
}
