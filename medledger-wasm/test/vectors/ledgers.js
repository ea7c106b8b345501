// Whole ledgers, and what a reader checks of one with nothing but its genesis.
import { bytes, hex, maybe, same, shown, time } from "./read.js";

/** A reader with the genesis and the time of a vector, who has seen a header where the vector has one. */
function reader(api, of, seen) {
  const client = new api.LightClient(bytes(of.genesis), time(of.now));
  if (maybe(seen) !== null) client.trust(bytes(seen));
  return client;
}

const provenRecord = (of) => ({
  subject: of.subject,
  record: of.record,
  version: shown(of.version),
  opened: of.opened,
  height: shown(of.height),
  recorded: shown(of.recorded),
});

const provenExport = (of) => ({
  subject: of.subject,
  claim: maybe(of.claim),
  timeline: shown(of.timeline),
  records: shown(of.records),
  access_log: shown(of.accessLog),
  authority_log: shown(of.authorityLog),
  consents: shown(of.consents),
  transactions: shown(of.transactions),
  unclosed: of.unclosed.map(({ session }) => session),
});

const READ = { access: "readAccessLog", authority: "readAuthorityLog", timeline: "readTimeline" };

export const kinds = {
  genesis(api, of) {
    const { chain, name, time: begun, founders, validators } = api.readGenesis(bytes(of.genesis));
    return { chain, name, time: shown(begun), founders, validators: validators.map(hex) };
  },

  ledger(api, of) {
    const ledger = api.Ledger.open(bytes(of.ledger), time(of.now));
    const { chain, height, time: at, appRoot } = ledger.status();
    const blocks = [];
    for (let next = 1n; next <= height; next += 1n) {
      const block = ledger.blockSummary(next);
      const runs = [];
      for (const { rule = null } of block.results) {
        if (runs.at(-1)?.[0] === rule) runs.at(-1)[1] += 1;
        else runs.push([rule, 1]);
      }
      blocks.push({ app_root: block.appRoot, results: runs });
    }
    ledger.free();
    return { chain, height: shown(height), time: shown(at), app_root: appRoot, blocks };
  },

  header(api, of) {
    const client = reader(api, of, null);
    const last = of.headers.map((header) => client.trust(bytes(header))).at(-1);
    same(client.newest(), last, "the newest header");
    return { height: shown(last.height), time: shown(last.time), app_root: last.appRoot, state_root: last.stateRoot };
  },

  receipt(api, of) {
    const summary = reader(api, of, of.seen).readReceipt(bytes(of.receipt));
    return {
      subject: summary.subject,
      log: summary.log,
      position: shown(summary.position),
      transaction: summary.transaction,
      height: shown(summary.height),
      time: shown(summary.time),
      rule: maybe(summary.rule),
      vouched: shown(summary.vouched),
    };
  },

  "subject-log"(api, of) {
    const log = reader(api, of, of.seen)[READ[of.log]](bytes(of.proof));
    return {
      subject: log.subject,
      height: shown(log.height),
      complete: of.log === "access" ? log.complete : null,
      transactions: of.log === "access" ? null : log.entries.map(({ transaction }) => transaction),
    };
  },

  "proven-state"(api, of) {
    const state = reader(api, of, null).readState(bytes(of.proof));
    let keys = null;
    let consents = null;
    if (of.asks === "consents") consents = state.consents(of.did, time(of.now)).map(({ consent }) => consent);
    else keys = maybe(state.identity(of.did), (identity) => identity.keys.map(({ id }) => id));
    return { height: shown(state.header().height), keys, consents };
  },

  "proof-file"(api, of) {
    const file = bytes(of.file);
    const report = api.checkProof(file, bytes(of.genesis), time(of.now), maybe(of.at_least, bytes));
    // The reader with a memory says the same, and shows what the file holds.
    const client = reader(api, of, of.at_least);
    same(client.checkFile(file), report, "the file");
    const whole = report.kind === "export";
    const held = whole ? provenExport(client.readExport(file)) : provenRecord(client.readRecord(file));
    if (!report.valid || report.fault !== undefined) throw new Error("what was read was reported as invalid");
    return {
      height: maybe(report.height, shown),
      complete: maybe(report.complete),
      record: whole ? null : held,
      export: whole ? held : null,
    };
  },
};
