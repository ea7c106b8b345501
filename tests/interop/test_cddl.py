"""Another vendor's CDDL tool reads spec/medledger.cddl: every vector of a wire type conforms to it, and of every type some
that were changed in their shape do not.

The tool is zcbor's Python interface (Nordic Semiconductor), which decodes with cbor2. CDDL says nothing of how items are
encoded, so of what the decoder refuses only that of another shape is refused here.
"""

import json
import re
from pathlib import Path

import pytest
from cbor2 import CBORDecodeError
from zcbor import CddlValidationError, DataTranslator

ROOT = Path(__file__).resolve().parents[2]
VECTORS = ROOT / "spec" / "vectors" / "v1"
KINDS = ("wire", "wire-full")
# What changes the shape of a value, and not only how it is encoded.
SHAPES = ("wrong-shape", "wrong-length", "surplus-item", "missing-item", "unknown-code")
# The longest list among the vectors; without it the tool takes `*` for a number of its own.
MOST = 1 << 20


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))["vectors"]


def encoded(value):
    if isinstance(value, str):
        return bytes.fromhex(value)
    return b"".join(bytes.fromhex(part) * times for part, times in value)


@pytest.fixture(scope="module")
def types():
    """The types by name."""
    text = (ROOT / "spec" / "medledger.cddl").read_text(encoding="utf-8")
    # The labels of an array's items say nothing, and the tool makes Python's names of them: `from` can be none.
    return DataTranslator.from_cddl(text.replace("  from: ", "  since: "), MOST).my_types


def conforms(types, name, data):
    try:
        # It also refuses what follows the value.
        types[name].validate_str(data)
    except (CddlValidationError, CBORDecodeError):
        return False
    return True


def cases(folder, causes):
    for kind in KINDS:
        for cause in causes:
            path = VECTORS / folder.format(kind=kind, cause=cause)
            if path.exists():
                for vector in read(path):
                    yield vector["in"]["type"], vector["name"], encoded(vector["in"]["bytes"])


def test_every_vector_of_a_wire_type_conforms(types):
    seen, wrong = set(), []
    for name, vector, data in cases("valid/{kind}.json", [None]):
        seen.add(name)
        if not conforms(types, name, data):
            wrong.append(vector)
    assert not wrong
    # Every type that the file defines by its own name is there: the others are byte strings, numbers and variants.
    text = (ROOT / "spec" / "medledger.cddl").read_text(encoding="utf-8")
    scalar = re.compile(r"^(\w+) = (bstr|uint|int|tstr|bool)\b", re.M)
    defined = set(re.findall(r"^(\w+) =", text, re.M)) - {name for name, _ in scalar.findall(text)}
    assert seen == defined
    assert len(seen) > 130


def test_of_every_wire_type_some_of_another_shape_are_refused(types):
    refused, accepted = {}, []
    for name, vector, data in cases("invalid/{kind}/{cause}.json", SHAPES):
        if conforms(types, name, data):
            accepted.append(vector)
        else:
            refused[name] = refused.get(name, 0) + 1
    assert not accepted
    types_of_vectors = {name for name, _, _ in cases("valid/{kind}.json", [None])}
    assert set(refused) == types_of_vectors
    # At the least: a number and null in its place, an item more, and an item less.
    assert min(refused.values()) >= 4
