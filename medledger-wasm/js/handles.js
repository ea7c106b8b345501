// Objects that hold state: each knows the key of what the module holds for it, and nobody else does.
import { MedledgerError } from "./errors.js";

/** The base class of an artifact's handles, and what its classes are made with. */
export function handles(raw) {
  const keys = new WeakMap();
  const forgotten = new FinalizationRegistry((key) => raw.release(key));

  /** The key of an object; 0, which the module refuses with a code, for what has none. */
  const key = (object) => keys.get(object) ?? 0;

  const adopt = (object, given) => {
    keys.set(object, given);
    forgotten.register(object, given, object);
    return object;
  };

  /** An object of a class for a key that the module gave, if it gave one. */
  const made = (Class, given) =>
    given === undefined ? undefined : adopt(Object.create(Class.prototype), given);

  /** For classes whose objects only other calls give. */
  const notNew = (name) => {
    const wanted = `an object that another call gave, not new ${name}()`;
    return new MedledgerError("argument", "API-001", `${name}: ${wanted} is wanted`, { argument: name, wanted });
  };

  class Handle {
    free() {
      raw.release(key(this));
      forgotten.unregister(this);
    }
  }
  // Older engines have no `using`, and so no name for this.
  if (Symbol.dispose) {
    Object.defineProperty(Handle.prototype, Symbol.dispose, { value: Handle.prototype.free, configurable: true, writable: true });
  }

  return { Handle, adopt, key, made, notNew };
}
