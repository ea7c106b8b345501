"""Every vector of spec/vectors, and then the package's examples, in an environment that holds nothing but the package."""

from __future__ import annotations

import sys

from vectors.record import recording
from vectors.run import run
from vectors.story import begun, examples
from vectors.story import run as run_example


def main() -> int:
    """0 when everything passed."""
    told = examples()
    with recording() as record:
        record.doing = "vectors"
        report = run()
        record.doing = "story"
        for name, text in told:
            try:
                # Examples change the ledger that they go on from.
                run_example(text, name, begun())
            except AssertionError as error:
                report.failures.append(f"the example of {name}: {error}")
    report.write(record.of("vectors"), record.of("story"))
    for line in report.failures:
        print(line, file=sys.stderr)
    return 0 if not report.failures and report.executed == report.manifest > 0 else 1


if __name__ == "__main__":
    sys.exit(main())
