//! The peak memory of a state held whole in memory, measured in a process of its own.

use std::collections::BTreeMap;
use std::process::Command;

use medledger_core::hash::{Did, KeyId, StateKey, Tag, hash};
use medledger_core::merkle::tree::{MemoryTree, update};
use medledger_core::state::{Address, Delta, LogKind, Lookup, MemoryState, StateRead};

use crate::report::Outcome;
use crate::world::World;

/// The argument that makes this program the measured process.
pub const CHILD: &str = "--memory-of-identities";

/// Identities added at a time.
const BATCH: u32 = 10_000;

/// Runs the measured process and prints what it says.
pub fn run(scale: u32) -> Outcome<()> {
    let identities = 1_000_000 / scale;
    let child = Command::new(std::env::current_exe()?).args([CHILD, &identities.to_string()]).output()?;
    if !child.status.success() {
        return Err(String::from_utf8_lossy(&child.stderr).into_owned().into());
    }
    print!("{}", String::from_utf8_lossy(&child.stdout));
    Ok(())
}

/// A state in which so many patients are registered: the values are those of a patient who was registered by a
/// transaction, under the keys of as many identities.
pub fn measure(identities: u32) -> Outcome<()> {
    let world = World::of(1)?;
    let patient = world.people.first().ok_or("nobody")?;
    let (did, device, controller) = (patient.did, patient.device.public().id(), patient.controller.id());
    let of = |did, device, controller| {
        [
            Address::Identity(did),
            Address::Key(device),
            Address::Key(controller),
            Address::Log(did, LogKind::Authority),
            Address::IdentityUsage(did),
            Address::KeyUsage(device),
            Address::KeyUsage(controller),
            Address::Log(did, LogKind::Timeline),
        ]
    };
    let values = of(did, device, controller).map(|at| match world.state.get(&at.key()) {
        Ok(Lookup::Present(value)) => Some(value),
        _ => None,
    });
    drop(world);
    let before = peak()?;
    let (mut state, mut tree) = (MemoryState::new(), MemoryTree::new());
    for from in (0..identities).step_by(usize::try_from(BATCH)?) {
        let mut writes: BTreeMap<StateKey, Option<Vec<u8>>> = BTreeMap::new();
        for n in from..from.saturating_add(BATCH).min(identities) {
            let id = |kind: u8| hash(Tag::Did, &[&[kind], &n.to_be_bytes()]);
            let addresses = of(Did(id(0)), KeyId(id(1)), KeyId(id(2)));
            let present = addresses.iter().zip(&values).filter(|(_, value)| value.is_some());
            writes.extend(present.map(|(at, value)| (at.key(), value.clone())));
        }
        let delta = Delta { writes };
        let (_, nodes) = update(&tree, &delta.value_hashes()).map_err(|error| error.to_string())?;
        tree.apply(nodes);
        state.apply(&delta);
    }
    let used = peak()?.saturating_sub(before);
    let bytes: usize = values.iter().flatten().map(|value| value.len().saturating_add(32)).sum();
    println!(
        "| identities | keys of the state | peak memory | bytes an identity | of that keys and values |"
    );
    println!("| ---: | ---: | ---: | ---: | ---: |");
    let each = used / u64::from(identities.max(1));
    println!("| {identities} | {} | {} MiB | {each} | {bytes} |", state.len(), used >> 20);
    Ok(())
}

/// The most memory that this process has had, in bytes (`VmHWM`, Linux).
fn peak() -> Outcome<u64> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM here")?;
    let kib: u64 = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kib << 10)
}
