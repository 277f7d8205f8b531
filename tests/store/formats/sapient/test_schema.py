"""What is compiled is what is written, and every rule of the table judges a message that exists."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from outwork.store.formats.sapient import schema
from outwork.store.formats.sapient.rules.table import RULES


def test_the_compiled_descriptors_are_those_of_the_written_interface(root: Path, tmp_path: Path) -> None:
    pytest.importorskip("grpc_tools", reason="grpcio-tools, which compiles the interface, is not installed")
    folder = root / "src/outwork/store/formats/sapient"
    sources = sorted(str(each) for each in (folder / "interface").glob("*.proto"))
    made = tmp_path / "made.binpb"
    subprocess.run(
        [sys.executable, "-m", "grpc_tools.protoc", f"-I{root / 'src'}", f"--descriptor_set_out={made}", *sources], check=True
    )
    assert made.read_bytes() == (folder / schema.COMPILED).read_bytes()


@pytest.mark.parametrize("name", RULES)
def test_every_rule_judges_a_message_of_the_interface(name: str) -> None:
    assert schema.POOL.FindMessageTypeByName(f"{schema.PACKAGE}.{name}").full_name.endswith(name)


def test_a_field_knows_its_rules() -> None:
    fields = schema.shape(schema.blank().DESCRIPTOR).fields
    node, destination, content = fields["node_id"], fields["destination_id"], fields["alert"]
    assert (node.mandatory, node.form, node.kind) == (True, schema.Form.UUID, schema.Kind.TEXT)
    assert (destination.mandatory, destination.needed, content.mandatory, content.needed) == (False, False, False, True)
    level = schema.POOL.FindMessageTypeByName(f"{schema.PACKAGE}.StatusReport.Power")
    assert (schema.shape(level).fields["level"].least, schema.shape(level).fields["level"].most) == (0, 100)
