// The module's memory in bytes; it never shrinks.
import { initSync } from "../node_modules/medledger/dist/full/medledger.js";

export const memory = () => initSync().memory.buffer.byteLength;
