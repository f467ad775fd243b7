"""What a list shows of a workflow's data."""

import pytest

from workflow_service.domain.preview import PreviewField, preview_of


@pytest.mark.parametrize(
    ("data", "preview"),
    [
        ("{}", []),
        ('{"a":{"b":1},"c":[1]}', []),
        ('{"a":420.5,"b":"x","c":true}', [("a", "420.5"), ("b", "x"), ("c", "true")]),
        ('{"a":null,"b":{},"c":1e+21,"d":12345678901234567000,"e":1}', [
            ("a", "null"), ("c", "1e+21"), ("d", "12345678901234567000"),
        ]),
        ('{"a":"","b":false}', [("a", ""), ("b", "false")]),
    ],
)  # fmt: skip
def test_a_preview_has_the_first_fields_with_a_scalar_value(data, preview):
    assert preview_of(data) == tuple(PreviewField(name, value) for name, value in preview)


def test_names_and_values_are_cut_to_80_characters():
    [field] = preview_of('{"' + "ü" * 81 + '":"' + "ä" * 81 + '"}')
    assert field == PreviewField("ü" * 80, "ä" * 80)
