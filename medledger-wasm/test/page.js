// What the browser is asked; `browser.js` reads the answers.
import * as light from "../node_modules/medledger/js/light.browser.js";
import * as full from "../node_modules/medledger/js/full.browser.js";

const answers = {};
const ask = async (name, question) => {
  try {
    answers[name] = (await question()) ? "ok" : "no";
  } catch (error) {
    answers[name] = `${error}\n${error?.stack}`;
  }
};
const code = (call) => {
  try {
    call();
  } catch (error) {
    return error instanceof full.MedledgerError ? error.code : String(error);
  }
  return "none";
};

await ask("each artifact loads once", async () => (await Promise.all([full.init(), full.init(), light.init()])).length === 3);
await ask("keys are drawn, sign, and are disposed of", () => {
  const key = full.Key.draw();
  const signature = key.sign(new Uint8Array([1, 2, 3]));
  key[Symbol.dispose]();
  return signature.length === 64 && code(() => key.id()) === "API-005";
});
await ask("wrong types and hostile bytes have codes", () =>
  code(() => full.keyId("abc")) === "API-001" &&
  code(() => full.deactivate({ counter: 5 })) === "API-001" &&
  code(() => new light.LightClient(new Uint8Array([0x80]), new Date())).startsWith("COD-"));
await ask("bytes and times of another realm are taken", () => {
  const frame = document.body.appendChild(document.createElement("iframe"));
  const seed = new frame.contentWindow.Uint8Array(32);
  return full.Key.fromSeed(seed).id() === full.Key.fromSeed(new Uint8Array(32)).id();
});
await ask("WebCrypto signs in two phases", async () => {
  const pair = await crypto.subtle.generateKey("Ed25519", false, ["sign", "verify"]);
  const publicKey = new Uint8Array(await crypto.subtle.exportKey("raw", pair.publicKey));
  const hospital = full.NewIdentity.draw("organisation");
  const now = new Date();
  const validator = full.Key.draw();
  const genesis = full.genesis("a hospital", now, [validator.publicKey()], [{ inception: hospital.inception(), member: true }]);
  const ledger = new full.Ledger(genesis);
  const sender = { ...ledger.sender(hospital.did(), hospital.device().id(), now, 3_600_000n), key: full.keyId(publicKey) };
  const draft = full.deactivate(sender);
  const signature = new Uint8Array(await crypto.subtle.sign("Ed25519", pair.privateKey, draft.toSign()));
  return draft.finish(publicKey, signature).id.length === 64;
});
await ask("eight workers at once get the same answers", async () => {
  const run = (number) =>
    new Promise((resolve, reject) => {
      const worker = new Worker("worker.js", { type: "module" });
      worker.onmessage = (message) => resolve(message.data);
      worker.onerror = (event) => reject(new Error(event.message));
      worker.postMessage(number);
    });
  const given = await Promise.all(Array.from({ length: 8 }, (_, at) => run(at)));
  return new Set(given).size === 1 && given[0].length === 64;
});
globalThis.answers = answers;
