#!/usr/bin/env python3
"""Asks `medledger consent check` each case of a table and prints where the answers differ.

    consents.py MEDLEDGER DATA CASES [--near] [--only PREFIX]

DATA is the folder of the Consents, or the parent of the folders that the cases name in `folder`. An error's element
must be the one expected; with --near it may also be an element around or inside it. Exits 1 on any disagreement.
"""
import argparse
import json
import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

# One option each, in the contract's words. A list gives the option once a value.
OPTIONS = ["actor", "role", "purpose", "action", "class", "code", "label", "record", "author", "related", "data_date",
           "custodian", "zone", "at"]


def arguments(request):
    unknown = sorted(set(request) - set(OPTIONS))
    if unknown:
        sys.exit(f"a case has a request with {unknown}, which are no options")
    for name in OPTIONS:
        value = request.get(name)
        for one in value if isinstance(value, list) else [] if value is None else [value]:
            yield from ("--" + name.replace("_", "-"), one)


def ask(binary, path, request):
    """The answer, and why it is none: one of the two is None."""
    command = [binary, "consent", "check", "--fhir", path, *arguments(request), "--json"]
    try:
        ran = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=60)
    except subprocess.TimeoutExpired:
        return None, "no answer within a minute"
    said = ran.stderr.decode("utf-8", "replace").strip()
    lines = ran.stdout.decode("utf-8", "replace").splitlines()
    if ran.returncode not in (0, 2):
        return None, f"exit code {ran.returncode}: {said[-300:]}"
    if len(lines) != 1:
        return None, f"one line of JSON was expected, {len(lines)} came (exit code {ran.returncode}): {said[-300:]}"
    try:
        given = json.loads(lines[0])
    except ValueError as fault:
        return None, f"no JSON: {fault}"
    if not isinstance(given, dict):
        return None, f"no JSON object: {lines[0][:300]}"
    if ran.returncode == 2:
        error = given.get("error")
        if not (isinstance(error, dict) and isinstance(error.get("code"), str) and isinstance(error.get("what"), str)
                and "element" in error and isinstance(error["element"], (str, type(None)))):
            return None, f"exit code 2 without {{error: {{code, what, element}}}}: {lines[0][:300]}"
    elif not (given.get("effect") in ("permit", "deny") and isinstance(given.get("reason"), str)
              and isinstance(given.get("path"), list)):
        return None, f"exit code 0 without {{effect, reason, path}}: {lines[0][:300]}"
    return given, None


def around(outer, inner):
    """Whether one element is the other or holds it, an index left out counting as any."""
    outer, inner = outer.split("."), inner.split(".")
    return len(outer) <= len(inner) and all(
        a == b or re.sub(r"\[\d+\]$", "", b) == a for a, b in zip(outer, inner))


def differs(expected, given, near):
    """What is wrong with an answer, or None."""
    error = given.get("error")
    if "error" in expected:
        wanted = expected["error"]
        if error is None:
            return f"expected an error at {wanted or 'any element'}, came {given['effect']} ({given['reason']})"
        found = error["element"]
        if wanted is None or found == wanted:
            return None
        if near and found is not None and (around(found, wanted) or around(wanted, found)):
            return None
        return f"expected an error at {wanted}, came one at {found}: {error['code']}: {error['what']}"
    if error is not None:
        return f"expected {expected['effect']}, came an error at {error['element']}: {error['code']}: {error['what']}"
    if given["effect"] != expected["effect"]:
        return f"expected {expected['effect']}, came {given['effect']} ({given['reason']}) by {given['path']}"
    if "path" in expected and given["path"] != expected["path"]:
        return f"expected {expected['effect']} by {expected['path']}, came {given['path']} ({given['reason']})"
    return None


def main():
    parser = argparse.ArgumentParser(description="Asks `medledger consent check` each case of a table.")
    parser.add_argument("medledger", help="the command")
    parser.add_argument("data", help="the folder of the Consents, or of their folders")
    parser.add_argument("cases", help="the table")
    parser.add_argument("--near", action="store_true", help="let an error name an element around or inside the expected one")
    parser.add_argument("--only", default="", metavar="PREFIX", help="only cases whose id begins so")
    given = parser.parse_args()
    with open(given.cases, encoding="utf-8") as file:
        cases = [case for case in json.load(file)["cases"] if case["id"].startswith(given.only)]
    if not cases:
        sys.exit("no cases")

    def judge(case):
        path = os.path.join(given.data, case.get("folder", ""), case["consent"])
        if not os.path.isfile(path):
            return f"there is no {path}"
        answer, fault = ask(given.medledger, path, case["request"])
        return fault or differs(case["expect"], answer, given.near)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        verdicts = list(pool.map(judge, cases))
    wrong = 0
    for case, verdict in zip(cases, verdicts):
        if verdict:
            wrong += 1
            print(f"{case['id']}: {verdict}\n    {case['why']}")
    print(f"{len(cases)} cases, {wrong} disagreements")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
