//! Which code is changed, how much of it is sampled, and which tests are asked first.

/// Code of which a number of mutants is sampled together.
pub struct Group {
    /// Its name on the command line.
    pub name: &'static str,
    /// How many mutants that compile; all, where there are fewer.
    pub count: usize,
    /// What it consists of.
    pub parts: &'static [Part],
}

/// Files, and the tests that are most likely to notice a change of them.
pub struct Part {
    /// Below core's `src`.
    pub files: &'static [&'static str],
    /// Arguments of `cargo test`: what the first selection lets pass goes to the next.
    pub tests: &'static [&'static str],
}

/// What a mutant must pass to count as a survivor: all tests of core.
pub const EVERYTHING: &str = "--lib --tests";

/// The groups, in the order of the report.
pub const GROUPS: &[Group] = &[
    Group {
        name: "crypto",
        count: 60,
        parts: &[Part {
            files: &["crypto/**"],
            tests: &[
                "--lib -- crypto:: --skip each_class_at_every_place --skip culprits_are_those_of_single",
            ],
        }],
    },
    Group {
        name: "merkle",
        count: 60,
        parts: &[Part {
            files: &["merkle/**"],
            tests: &[
                "--lib -- merkle:: --skip tests::refusals::every_change --skip updates:: --skip tree::tests::proofs:: \
                 --skip history:: --skip random_sizes --skip parts_make",
                "--lib -- merkle:: --skip every_change_of_any_proof --skip histories_follow",
            ],
        }],
    },
    Group {
        name: "decide",
        count: 60,
        parts: &[Part {
            files: &["consent/decide.rs", "consent/combine.rs", "consent/matching.rs"],
            tests: &["--test=decisions", "--lib -- consent::"],
        }],
    },
    Group {
        name: "rest",
        count: 120,
        parts: &[
            Part {
                files: &["codec/**"],
                tests: &["--lib -- codec:: hash:: units:: schema::", "--lib -- strategies::"],
            },
            Part {
                files: &["state/**"],
                tests: &["--lib -- state:: chain:: light:: --skip receipts::", NEAR_VALIDATE],
            },
            Part {
                files: &["access/**"],
                tests: &[
                    "--lib -- access:: chain:: tests::sessions:: tests::grounds:: tests::anchors:: tests::denials::",
                    NEAR_VALIDATE,
                ],
            },
            Part {
                files: &["identity/**"],
                tests: &["--lib -- identity:: credentials:: chain::", NEAR_VALIDATE],
            },
            Part {
                files: &["operation/**"],
                tests: &[
                    "--lib -- operation:: tests::authentication:: tests::approvals:: tests::budgets:: tests::order::",
                    NEAR_VALIDATE,
                ],
            },
        ],
    },
];

/// Whatever a transaction meets, but for the two longest.
const NEAR_VALIDATE: &str = "--lib -- validate:: block:: chain:: consensus:: light:: --skip histories:: --skip flood:: \
                             --skip results_and_counts";
