// From a vector's JSON to what the interface takes, and back.

/** Bytes: hex, or parts of it with how often each is repeated. */
export function bytes(value) {
  if (typeof value === "string") return Uint8Array.from({ length: value.length / 2 }, (_, at) => parseInt(value.slice(2 * at, 2 * at + 2), 16));
  const parts = value.map(([part, times]) => [bytes(part), Number(times)]);
  const whole = new Uint8Array(parts.reduce((sum, [part, times]) => sum + part.length * times, 0));
  let at = 0;
  for (const [part, times] of parts) {
    for (let time = 0; time < times; time += 1, at += part.length) whole.set(part, at);
  }
  return whole;
}

export const hex = (of) => Array.from(of, (byte) => byte.toString(16).padStart(2, "0")).join("");
export const utf8 = (text) => new TextEncoder().encode(text);
export const text = (of) => new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(of);
/** An integer, given as a number or as the text of one. */
export const integer = (value) => BigInt(value);
export const time = (value) => new Date(Number(value));

const EXACT = 2n ** 53n;
/** An integer as vectors have it. */
export const shown = (of) => {
  const whole = of instanceof Date ? BigInt(of.getTime()) : of;
  return -EXACT <= whole && whole <= EXACT ? Number(whole) : String(whole);
};
/** Null for what is missing, else what is made of it. */
export const maybe = (value, make = (same) => same) => (value === undefined || value === null ? null : make(value));

export const coding = (of) => ({ system: of.system ?? undefined, code: of.code });
export const interval = (of) => ({ start: maybe(of.start, time), end: maybe(of.end, time) });

/** Whether two values of JSON, or of the interface, are equal. */
export function equal(one, other) {
  if (typeof one !== "object" || one === null || typeof other !== "object" || other === null) return Object.is(one, other);
  if (one instanceof Date) return other instanceof Date && one.getTime() === other.getTime();
  const names = Object.keys(one);
  return (
    Array.isArray(one) === Array.isArray(other) &&
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && equal(one[name], other[name]))
  );
}

/** That two answers to the same question are the same. */
export function same(one, other, question) {
  if (!equal(one, other)) throw new Error(`two answers to ${question}`);
}
