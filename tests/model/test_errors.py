from __future__ import annotations

import pytest

from outwork.model import errors
from outwork.model.errors import Fault, InvalidProgramme, OutworkError


def test_a_fault_says_where_what_and_the_nearest_name() -> None:
    fault = Fault("operations", "site 's4O' is not in sites.csv", 42, "site", "s4O", nearest="s4", place="operations.csv")
    assert str(fault) == "operations.csv line 42: site 's4O' is not in sites.csv; did you mean 's4'?"


def test_a_fault_of_a_whole_table_names_the_table() -> None:
    assert str(Fault("settings", "settings holds exactly one row, not 0")) == (
        "settings: settings holds exactly one row, not 0"
    )


def test_an_invalid_programme_tells_every_fault_in_order() -> None:
    faults = (Fault("items", "one"), Fault("sites", "two", 3))
    error = InvalidProgramme(faults)
    assert error.faults == faults
    assert str(error) == "items: one\nsites line 3: two"


@pytest.mark.parametrize(
    "name", ["InvalidProgramme", "InvalidRules", "Unreadable", "Unwritable", "UnknownName", "Stopped", "Unproven"]
)
def test_everything_raised_on_purpose_has_one_root(name: str) -> None:
    assert issubclass(getattr(errors, name), OutworkError)
    assert name in (errors.__doc__ or "")
