/**
 * Why something was not done. Nothing was done then. The types of what is here are in the `.d.ts` of each entry.
 */
export class MedledgerError extends Error {
  constructor(kind, code, message, fields = {}) {
    super(`${code}: ${message}`);
    this.kind = kind;
    this.code = code;
    this.fields = Object.freeze({ ...fields });
  }

  /** What a signer throws when whoever is asked says no. */
  static cancelled(message = "cancelled") {
    return new MedledgerError("signer", "CANCELLED", message);
  }
}
// On the prototype: a name is the class's, not each error's.
Object.defineProperty(MedledgerError.prototype, "name", { value: "MedledgerError", configurable: true, writable: true });
