"""What stands at hand in an empty draft."""

from __future__ import annotations

from monitor.kinds.reading import read_kind
from monitor.writing.blank import at_hand
from tests.talks import KIND as TALKS
from tests.voyages import KIND, STATE

PANELS = read_kind(
    {
        "type": "object",
        "properties": {
            "panels": {
                "title": "Panels",
                "type": "array",
                "x-key": ["code"],
                "items": {
                    "type": "object",
                    "properties": {
                        "code": {"type": "string"},
                        "seats": {
                            "title": "Seats",
                            "type": "array",
                            "x-key": ["id"],
                            "x-membership": {"entity": "id"},
                            "items": {
                                "x-label": "{name}",
                                "type": "object",
                                "properties": {
                                    "id": {"type": "string"},
                                    "name": {"type": "string"},
                                },
                            },
                        },
                    },
                },
            }
        },
    },
    name="panels",
)


def test_the_lists_and_the_ids_that_can_be_referred_to_are_named() -> None:
    rows = list(at_hand(KIND, STATE))
    assert rows[0].startswith("# Lists: crews[ship], berths[ship,port], passages[id]")
    assert "# Sailors: moen, dahl, krog" in rows
    assert "# Ships: gannet, petrel" in rows


def test_an_id_that_does_not_show_whose_it_is_has_the_name_beside_it() -> None:
    seats = [{"id": "v001", "name": "Una Roe"}, {"id": "strand", "name": "Ivo Strand"}]
    state = {"panels": [{"code": "A", "seats": seats}, {"code": "B", "seats": [{"id": "v001"}]}]}
    assert "# Seats: v001 (Una Roe), strand" in list(at_hand(PANELS, state))


def test_nothing_is_at_hand_of_nothing() -> None:
    assert [row for row in at_hand(TALKS, {}) if not row.startswith(("# Lists", "#   "))] == []
