/** `init`: loads the module once; what failed is tried again by the next call. */
export function once(load, address) {
  let loading;
  return (source = address()) => {
    loading ??= Promise.resolve(load({ module_or_path: source })).then(
      () => {},
      (error) => {
        loading = undefined;
        throw error;
      },
    );
    return loading;
  };
}
