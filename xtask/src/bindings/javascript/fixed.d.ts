/**
 * Loads the module: await it once before anything else. In Node it is loaded by the import, and this does nothing.
 *
 * @param source - where the module is, if not beside this file: an address, a response, its bytes, or a compiled module.
 */
export function init(source?: string | object): Promise<void>;

/** Why something was not done. Nothing was done then. */
export class MedledgerError extends Error {
  constructor(kind: ErrorKind, code: string, message: string, fields?: { readonly [name: string]: string });

  /** What a signer throws when whoever is asked says no. */
  static cancelled(message?: string): MedledgerError;

  /** What it is about. */
  readonly kind: ErrorKind;

  /** The id of the rule that was broken, such as `CON-014`: it never changes. */
  readonly code: string;

  /** What the message names. */
  readonly fields: { readonly [name: string]: string };
}

/**
 * Whoever holds an Ed25519 key (RFC 8032) elsewhere: a card, another process, a person who is asked first. What it signs is
 * verified before it is used. It answers at once; where signing takes its time, as in WebCrypto, use `toSign` and `finish`.
 */
export interface Signer {
  /** The public key: 32 bytes. */
  publicKey(): Uint8Array;

  /** The key's signature of these bytes: 64 bytes. Throws `MedledgerError.cancelled()`, or anything else for a failure. */
  sign(message: Uint8Array): Uint8Array;
}

/** Called from time to time. `false` stops the work, with API-009; what it throws goes through. */
export type Progress = (done: bigint, total: bigint) => unknown;

/** What a call takes for a value: what may be missing can be left out or null, and so can lists, which are empty then. */
export type Given<T> = T extends Date | Uint8Array | string | bigint | boolean | undefined
  ? T
  : T extends readonly (infer Item)[]
    ? readonly Given<Item>[]
    : { readonly [K in keyof T as LeftOut<T[K]> extends true ? never : K]: Given<T[K]> } & {
        readonly [K in keyof T as LeftOut<T[K]> extends true ? K : never]?: Given<T[K]> | null | undefined;
      };

type LeftOut<T> = undefined extends T ? true : T extends readonly unknown[] ? true : false;
