//! What is left of secrets in a process's memory once they have been dropped: what a core dump would hold.
//!
//! The test starts itself as another process, which makes the secrets, uses and drops them, and then reads its own memory
//! through `/proc`. It looks for them by masks, so that the looking itself puts none there.
#![cfg(all(target_os = "linux", feature = "wallet", feature = "seal"))]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::panic,
    reason = "a test may stop"
)]

use std::convert::Infallible;
use std::fs::{self, File};
use std::hint::black_box;
use std::os::unix::fs::FileExt;
use std::process::Command;

use medledger_core::hash::ChainId;
use medledger_core::identity::Kind;
use medledger_core::record::Facts;
use medledger_sdk::agreement::AgreementSecret;
use medledger_sdk::seal::{ContentForm, RecordKey, SealedRecord};
use medledger_sdk::wallet::create::{NewRelationship, successors};
use medledger_sdk::wallet::derive::SheetKeys;
use medledger_sdk::wallet::format::PassphraseCost;
use medledger_sdk::wallet::keystore::Keystore;
use medledger_sdk::wallet::sheet::Sheet;
use rand_core::{TryCryptoRng, TryRng};

/// Bytes are masked with this wherever they are looked for.
const MASK: u8 = 0xa5;
/// So many bytes of a secret found together are the secret.
const ENOUGH: usize = 16;

/// SplitMix64, so that both processes draw the same.
struct Dice(u64);

impl TryRng for Dice {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(u32::try_from(self.try_next_u64()? >> 32).unwrap())
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        Ok(z ^ (z >> 31))
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        for chunk in out.chunks_mut(8) {
            let word = self.try_next_u64()?.to_le_bytes();
            chunk.copy_from_slice(&word[..chunk.len()]);
        }
        Ok(())
    }
}

impl TryCryptoRng for Dice {}

/// What is secret, by name.
type Secrets = Vec<(&'static str, Vec<u8>)>;

/// Makes, uses and drops everything; tells what was secret when it is asked to.
fn story(tell: bool) -> Secrets {
    let mut told = Secrets::new();
    let mut dice = Dice(11);
    let chain = ChainId([1; 32]);
    let (one, two) = (Sheet::draw(&mut dice).unwrap(), Sheet::draw(&mut dice).unwrap());
    let (first, second) = (SheetKeys::new(&one, ""), SheetKeys::new(&two, ""));
    let new = NewRelationship::new(&first, 0, second.successor(0), Kind::Patient, &mut dice).unwrap();
    let mut keystore = Keystore::new(chain, successors(&second));
    keystore.keep(new.kept("practice".to_owned())).unwrap();
    let cost = PassphraseCost { memory: 19 * 1024, passes: 2, lanes: 1 };
    let file = keystore.seal("a passphrase", cost, &mut dice).unwrap();
    drop((keystore, new));
    let opened = Keystore::open(&file, "a passphrase").unwrap();
    let kept = &opened.kept()[0];
    black_box(kept.signing.sign(b"what she signs"));

    let key = RecordKey::draw(&mut dice);
    let facts = Facts::new("DocumentReference/1", "DocumentReference");
    let (mut sealed, of) =
        SealedRecord::seal(b"what is sealed", ContentForm::AsItStands, &facts, &mut dice).unwrap();
    sealed.wrap_to(&of, &chain, &[kept.agreement.public()], &mut dice).unwrap();
    let again = sealed.key(std::slice::from_ref(&kept.agreement), &chain).unwrap();
    let commitments = sealed.header().unwrap().head.commitments;
    black_box(sealed.open(&again, &commitments).unwrap().original().len());
    let session = AgreementSecret::draw(&mut dice);
    if tell {
        told.push(("signing seed", kept.signing.seed().to_vec()));
        told.push(("agreement secret", kept.agreement.expose().to_vec()));
        told.push(("controller seed", first.controller(0).seed().to_vec()));
        told.push(("sheet's seed", one.seed("").to_vec()));
        let parts = ["record key", "content salt", "facts salt"];
        told.extend(parts.into_iter().zip(of.expose().chunks(32).map(<[u8]>::to_vec)));
        told.push(("drawn record key", key.expose().to_vec()));
        told.push(("session secret", session.expose().to_vec()));
        let words: Vec<&str> = one.words().collect();
        told.push(("words", words.join(" ").into_bytes()));
    }
    told
}

/// How often each masked text stands in this process's memory.
fn found(masked: &[Vec<u8>]) -> Vec<usize> {
    let maps = fs::read_to_string("/proc/self/maps").unwrap();
    let memory = File::open("/proc/self/mem").unwrap();
    let mut counts = vec![0; masked.len()];
    let mut buffer = vec![0; 1 << 20];
    let mut beginning_with = vec![Vec::new(); 256];
    for (text, masked) in masked.iter().enumerate() {
        for part in masked.chunks_exact(ENOUGH) {
            beginning_with[usize::from(part[0])].push((text, part));
        }
    }
    for line in maps.lines().filter(|line| line.contains(" rw")) {
        let (from, to) = line.split_once(' ').unwrap().0.split_once('-').unwrap();
        let (mut at, to) = (u64::from_str_radix(from, 16).unwrap(), u64::from_str_radix(to, 16).unwrap());
        while at < to {
            let length = usize::try_from((to - at).min(1 << 20)).unwrap();
            // What can't be read, such as a guard page, is in no dump either.
            let Ok(read) = memory.read_at(&mut buffer[..length], at) else { break };
            for byte in &mut buffer[..read] {
                *byte ^= MASK;
            }
            for window in buffer[..read].windows(ENOUGH) {
                for (text, part) in &beginning_with[usize::from(window[0])] {
                    counts[*text] += usize::from(window == *part);
                }
            }
            buffer.fill(0);
            at += u64::try_from(read).unwrap();
        }
    }
    counts
}

#[test]
#[ignore = "the other process of the test below"]
fn the_other_process() {
    let masked: Vec<Vec<u8>> = std::env::var("MEDLEDGER_MASKED")
        .unwrap()
        .split(' ')
        .map(|text| {
            (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
        })
        .collect();
    let held: Vec<Vec<u8>> = if std::env::var_os("MEDLEDGER_HOLD").is_some() {
        story(true).into_iter().map(|(_, secret)| secret).collect()
    } else {
        // The stack below this frame is used again by what a program does next; here that is this.
        story(false);
        Vec::new()
    };
    let counts = found(&masked);
    black_box(&held);
    fs::write(std::env::var_os("MEDLEDGER_FOUND").unwrap(), format!("{counts:?}")).unwrap();
}

fn look(hold: bool, secrets: &Secrets) -> Vec<usize> {
    let hex = |secret: &Vec<u8>| secret.iter().map(|byte| format!("{:02x}", byte ^ MASK)).collect::<String>();
    let masked: Vec<String> = secrets.iter().map(|(_, secret)| hex(secret)).collect();
    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("found-{hold}"));
    let mut other = Command::new(std::env::current_exe().unwrap());
    other.args(["--ignored", "--exact", "the_other_process", "--test-threads", "1"]);
    other.env("MEDLEDGER_MASKED", masked.join(" ")).env("MEDLEDGER_FOUND", &file);
    if hold {
        other.env("MEDLEDGER_HOLD", "1");
    }
    assert!(other.output().unwrap().status.success());
    let text = fs::read_to_string(&file).unwrap();
    text.trim_matches(['[', ']']).split(", ").map(|count| count.parse().unwrap()).collect()
}

#[test]
fn secrets_that_were_dropped_are_not_in_memory() {
    let secrets = story(true);
    let held = look(true, &secrets);
    for ((name, _), count) in secrets.iter().zip(&held) {
        assert!(*count > 0, "what is held must be found, or nothing is shown: {name}");
    }
    let left = look(false, &secrets);
    let left: Vec<_> =
        secrets.iter().map(|(name, _)| name).zip(left).filter(|(_, count)| *count > 0).collect();
    assert!(left.is_empty(), "{left:?}");
}
