"""Laws of certification."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from outwork.clear.certify.bill import Bill, changed
from outwork.model.tables.certification import Touch
from tests.clear.certify.workbench import accepted, beacon, rows

CLAUSES = ("radio-safety", "radio-spectrum", "radio-paper")
LINES = st.frozensets(
    st.tuples(st.sampled_from("tabc"), st.sampled_from("abcdef"), st.sampled_from((1.0, 2.0)), st.just("")), max_size=6
)


@given(
    tested=st.sampled_from("AB"),
    looked=st.sampled_from("BC"),
    power=st.sampled_from(("2", "3")),
    cell=st.sampled_from(("cell-1", "cell-2")),
    said=st.sets(st.sampled_from(CLAUSES)),
    state=st.sampled_from(("accepted", "waived")),
)
def test_evidence_of_a_touched_requirement_is_never_counted(
    tested: str, looked: str, power: str, cell: str, said: set[str], state: str
) -> None:
    touches = [Touch(item="beacon", revision="B", kind="requirement", name=name) for name in sorted(said)]
    pieces = [accepted(name, tested, state=state, reason="small") for name in CLAUSES]
    found = rows(beacon(*touches, *pieces, power=power, cell=cell), looked)
    crosses = tested == "A"
    touched = {
        "radio-safety": cell != "cell-1" or "radio-safety" in said,
        "radio-spectrum": power != "2" or "radio-spectrum" in said,
        "radio-paper": "radio-paper" in said,
    }
    for name, row in found.items():
        assert (row.status in {"met", "waived"}) == (not (crosses and touched[name]))


@given(before=LINES, after=LINES)
def test_two_bills_differ_exactly_where_a_line_does_and_in_what_holds_it(
    before: frozenset[tuple[str, str, float, str]], after: frozenset[tuple[str, str, float, str]]
) -> None:
    found = changed(Bill("t", before), Bill("t", after))
    assert found == changed(Bill("t", after), Bill("t", before))
    assert {component for _, component, _, _ in before ^ after} <= found
    assert found <= {name for line in before | after for name in line[:2]}
    assert not changed(Bill("t", before), Bill("t", before))
    for holder, component, _, _ in before | after:
        assert holder in found | {"t"} or component not in found
