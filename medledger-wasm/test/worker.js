import { Key, init } from "../node_modules/medledger/js/full.browser.js";

self.onmessage = async (message) => {
  await init();
  let id;
  for (let at = 0; at < 200; at += 1) {
    const key = Key.fromSeed(new Uint8Array(32).fill((at + message.data) & 255));
    key.sign(new Uint8Array(100));
    if (at + message.data === 100) id = key.id();
    key.free();
  }
  self.postMessage(id);
};
