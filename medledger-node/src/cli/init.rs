//! `init`: found a ledger.

use medledger_core::identity::did_to_text;
use medledger_core::units::Timestamp;
use serde_json::json;

use super::args::InitArgs;
use super::out::{GOOD, Out, styled};
use super::session::Session;
use super::{DONE, Outcome};
use crate::cli::files::shown;

/// The name of the first member's key file.
const MEMBER: &str = "founder";

pub(super) fn run(args: &InitArgs, now: Timestamp, out: &Out) -> Outcome {
    let (session, founder) = Session::found(&args.dir, &args.name, MEMBER, now)?;
    let tip = session.host.tip();
    let dir = shown(&args.dir);
    out.show(styled(GOOD, "A ledger has been founded."));
    out.row("name", &args.name);
    out.row("ledger", tip.chain);
    out.row("member", format_args!("{} ({MEMBER})", did_to_text(&founder)));
    out.row("genesis", args.dir.join("genesis.cbor").display());
    out.row("keys", format_args!("{} (back them up)", args.dir.join("keys").display()));
    out.show(format_args!("\nNext: medledger identity new --dir {dir} --kind patient --name maren"));
    out.answer(&json!({
        "dir": dir,
        "name": args.name,
        "chain": tip.chain.to_string(),
        "member": did_to_text(&founder),
        "height": tip.height.0,
        "app_root": tip.hash.to_string(),
    }));
    Ok(DONE)
}
