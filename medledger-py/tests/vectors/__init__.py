"""The runner of the vectors in spec/vectors: each through the package's public interface, as a program calls it.

| module | what it holds |
| --- | --- |
| `run` | the files, the manifest, counting, the report |
| `record` | which operations were executed: the package's callables, wrapped |
| `read` | from a vector's JSON to what the package takes, and back |
| `ground`, `consents`, `ledgers`, `records`, `wallets` | what checks a vector of each kind |
"""
