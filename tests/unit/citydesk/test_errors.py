"""Which errors are told as one sentence, and with which exit status."""

import pytest

from citydesk.errors import CityDeskError, MissingPartError, PortBusyError, SettingsError, exit_status_of
from citydesk.settings import PROJECT_ROOT
from wording.errors import UnknownLanguage


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (CityDeskError("x"), 1),
        (SettingsError("x"), 2),
        (UnknownLanguage("x"), 1),
        (ValueError("x"), None),
        (KeyError("x"), None),
    ],
)
def test_errors_that_folders_raise_on_purpose_have_a_status(error: Exception, expected: int | None) -> None:
    """Everything from a folder's errors.py counts; anything else is a defect and keeps its traceback."""
    assert expected == exit_status_of(error)


def test_a_busy_port_is_told_with_the_setting_that_moves_it() -> None:
    message = str(PortBusyError("Rasa", 5005, "CITYDESK_RASA_PORT"))
    assert "Port 5005" in message
    assert "CITYDESK_RASA_PORT=5105" in message


def test_a_missing_part_is_told_with_what_makes_it() -> None:
    message = str(MissingPartError("The dialogue model", PROJECT_ROOT / "var" / "m", "citydesk train"))
    assert "The dialogue model is missing" in message
    assert message.endswith("citydesk train")
