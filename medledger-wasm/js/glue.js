// What the module asks of JavaScript: which kind of value something is, and making values. Kinds are told by what the
// language itself keeps of an object, so that values of another window or worker pass, and what only looks like one does not.
import { MedledgerError } from "./errors.js";
import { NAMES } from "./names.js";

const typedArray = Object.getPrototypeOf(Uint8Array.prototype);
const kindOf = Object.getOwnPropertyDescriptor(typedArray, Symbol.toStringTag).get;
const getTime = Date.prototype.getTime;
const lone = /\p{Surrogate}/u;

export const fail = (kind, code, message, fields) => {
  const named = {};
  for (let at = 0; at < fields.length; at += 2) named[fields[at]] = fields[at + 1];
  return new MedledgerError(kind, code, message, named);
};

export const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
export const nameOf = (index) => NAMES[index];
export const field = (object, index) => object[NAMES[index]];

export const record = (names, values) => {
  const made = {};
  for (let at = 0; at < values.length; at += 1) made[NAMES[names[at]]] = values[at];
  return made;
};

export const text = (value) => (typeof value === "string" && !lone.test(value) ? value : undefined);
export const bytes = (value) => (kindOf.call(value) === "Uint8Array" ? value : undefined);
export const date = (milliseconds) => new Date(Number(milliseconds));

export const milliseconds = (value) => {
  try {
    return BigInt(getTime.call(value));
  } catch {
    return undefined;
  }
};

export const isSigner = (value) =>
  (typeof value === "object" || typeof value === "function") &&
  value !== null &&
  typeof value.publicKey === "function" &&
  typeof value.sign === "function";

export const callSigner = (signer, message) =>
  message === undefined ? signer.publicKey() : signer.sign(message);

export const isCancelled = (error) => isObject(error) && error.code === "CANCELLED";
export const messageOf = (error) => (error instanceof Error ? error.message : String(error));

export const withCause = (error, cause) => {
  Object.defineProperty(error, "cause", { value: cause, configurable: true, writable: true });
  return error;
};
