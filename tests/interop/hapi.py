"""HAPI FHIR's validator, which `cargo xtask test` builds into target/fhir-validator."""

import json
import os
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILT = ROOT / "target" / "fhir-validator"


def validate(*paths, to=None):
    """Validates files, and the .json files of folders: errors, warnings and counts of resources by file.

    With `to`, a folder, what is valid is also read into HAPI's model and written from it again, under the same name.
    """
    libraries = (BUILT / "classpath").read_text(encoding="utf-8").strip()
    command = ["java", "-cp", os.pathsep.join([str(BUILT / "classes"), libraries]), "medledger.Validate"]
    command += ["--to", str(to)] if to else []
    ran = subprocess.run(
        [*command, *map(str, paths)], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert ran.returncode in (0, 1), ran.stderr
    reports = {Path(path): report for path, report in json.loads(ran.stdout).items()}
    assert (ran.returncode == 0) == all(not report["errors"] for report in reports.values())
    return reports
