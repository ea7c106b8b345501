// Which operations were executed: every public function, constructor and method of an artifact, wrapped.

// What every handle has, and the loading of the module: no operations.
const NONE = new Set(["constructor", "free", "init", "MedledgerError"]);

export class Record {
  #names = new Map();
  doing = "vectors";

  /** What was executed meanwhile. */
  of(doing) {
    return [...(this.#names.get(doing) ?? [])].sort();
  }

  /** The artifact as it is, but that whatever returns is noted: what only refuses was not executed. */
  wrap(module) {
    const wrapped = { ...module };
    for (const [name, one] of Object.entries(module)) {
      if (NONE.has(name) || typeof one !== "function") continue;
      wrapped[name] = isClass(one) ? this.#class(name, one) : this.#noted(name, one);
    }
    return wrapped;
  }

  #note(name) {
    if (!this.#names.has(this.doing)) this.#names.set(this.doing, new Set());
    this.#names.get(this.doing).add(name);
  }

  #noted(name, call) {
    const record = this;
    return function (...given) {
      const answer = call.apply(this, given);
      record.#note(name);
      return answer;
    };
  }

  #class(name, Class) {
    for (const of of [Class, Class.prototype]) {
      for (const [member, { value }] of Object.entries(Object.getOwnPropertyDescriptors(of))) {
        if (typeof value === "function" && !NONE.has(member)) of[member] = this.#noted(`${name}.${member}`, value);
      }
    }
    return new Proxy(Class, {
      construct: (target, given) => {
        const made = new target(...given);
        this.#note(`${name}.new`);
        return made;
      },
    });
  }
}

const isClass = (one) => /^class\b/.test(Function.prototype.toString.call(one));
