"""CITYDESK_ENCODER: a folder, a name, or both with prompts; what cannot be used is named before anything is loaded."""

import json
from pathlib import Path

import pytest

from citydesk import doctor
from citydesk.doctor import Finding
from citydesk.errors import SettingsError, exit_status_of
from citydesk.settings import Settings, load_settings
from knowledge.encoder import EncoderChoice
from tests.unit.citydesk.test_settings import environment

NAME = "intfloat/multilingual-e5-small"
PROMPTS = {"model": NAME, "query": "query: ", "passage": "passage: "}


def test_a_name_is_taken_as_it_is() -> None:
    with environment(CITYDESK_ENCODER=f" {NAME} "):
        assert NAME == load_settings().encoder
    assert EncoderChoice(NAME) == EncoderChoice.parse(NAME)


@pytest.mark.parametrize("value", ["", "  "])
def test_an_empty_one_means_the_shipped_model(value: str) -> None:
    with environment(CITYDESK_ENCODER=value):
        assert load_settings().encoder is None


def test_prompts_come_in_a_json_object_of_the_same_setting() -> None:
    """For models that tell theirs in their card only; the blanks at a prompt's end belong to it."""
    choice = EncoderChoice.parse(json.dumps(PROMPTS))
    assert EncoderChoice(NAME, query="query: ", passage="passage: ") == choice
    assert {"query": "query: ", "passage": "passage: "} == choice.prompts


def test_a_prompt_that_is_not_given_is_the_model_s_own() -> None:
    assert {} == EncoderChoice.parse(json.dumps({"model": NAME})).prompts
    assert {"query": ""} == EncoderChoice.parse(json.dumps({"model": NAME, "query": ""})).prompts


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("{", "not valid JSON"),
        ('{"model": "a",}', "not valid JSON"),
        ("{}", "no model is named"),
        ('{"model": " "}', "no model is named"),
        ('{"query": "query: "}', "no model is named"),
        ('{"model": 3}', "not a text: model"),
        ('{"model": "a", "query": null, "passage": []}', "not a text: passage, query"),
        ('{"model": "a", "document": "d: "}', "unknown: document"),
        ('{"model": ' + "[" * 100_000, "not valid JSON"),
    ],
)
def test_a_value_that_cannot_be_used_is_misuse(value: str, problem: str) -> None:
    """The message names the variable, what is wrong, and the form that is right; the exit status is 2."""
    with environment(CITYDESK_ENCODER=value), pytest.raises(SettingsError) as caught:
        load_settings()
    message = str(caught.value)
    assert "CITYDESK_ENCODER" in message
    assert problem in message
    assert '"passage": "passage: "' in message
    assert exit_status_of(caught.value) == 2


@pytest.mark.parametrize("with_prompts", [False, True])
def test_a_folder_reaches_servers_as_an_absolute_path(with_prompts: bool, tmp_path: Path) -> None:
    """They may be started elsewhere; prompts go with it."""
    winding = f"{tmp_path}/../{tmp_path.name}"
    given = Settings(encoder=json.dumps({**PROMPTS, "model": winding}) if with_prompts else winding)
    with environment(**given.as_environment()):
        assert given.encoder == load_settings().encoder
    choice = EncoderChoice.parse(given.encoder or "")
    assert (str(tmp_path), with_prompts) == (choice.model, bool(choice.prompts))


def test_the_doctor_names_the_encoder() -> None:
    expected = Finding("encoder", "ok", "shipped with CityDesk, 256 dimensions")
    assert expected == doctor.encoder("shipped with CityDesk", 256, None)


def test_the_doctor_says_why_there_is_no_encoder() -> None:
    finding = doctor.encoder(None, 0, "model.safetensors: cut off")
    assert ("wrong", "model.safetensors: cut off") == (finding.status, finding.detail)
    assert "CITYDESK_ENCODER" in (finding.remedy or "")
