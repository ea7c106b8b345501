// What a user of TypeScript writes: compiled under --strict, then run.
import {
  Key,
  LightClient,
  MedledgerError,
  NewIdentity,
  checkTerms,
  genesis,
  init,
  readGenesis,
  type ErrorKind,
  type GenesisSummary,
  type Given,
  type Signer,
  type Terms,
} from "medledger";
import * as light from "medledger/light";

await init();
await light.init();

const now: Date = new Date("2026-03-01T08:00:00Z");
using hospital = NewIdentity.draw("organisation");
using validator = Key.draw();
const founders = [{ inception: hospital.inception(), member: true }] as const;
const bytes: Uint8Array = genesis("a hospital", now, [validator.publicKey()], founders);
const summary: GenesisSummary = readGenesis(bytes);
const first: string | undefined = summary.founders[0];
using client = new LightClient(bytes, now);
const height: bigint | undefined = client.newest()?.height;
const signer: Signer = { publicKey: () => validator.publicKey(), sign: (message) => validator.sign(message) };

try {
  const terms: Given<Terms> = { period: { from: now, until: now }, effect: "permit", criteria: { purposes: ["TREAT"] }, directive: false };
  checkTerms(terms);
} catch (error) {
  if (!(error instanceof MedledgerError)) throw error;
  const kind: ErrorKind = error.kind;
  console.log(kind, error.code, error.fields);
}

// What must not compile; none of it is run.
if (Math.random() > 1) {
// @ts-expect-error: a word that is none
NewIdentity.draw("robot");
// @ts-expect-error: a text is no bytes
Key.fromSeed("abc");
// @ts-expect-error: handles come from their own functions
new NewIdentity();
// @ts-expect-error: a number is no bigint
client.setTime(5);
// @ts-expect-error: another class
const wrong: Key = hospital;
// @ts-expect-error: values are not changed
summary.name = "another";
}
