"""Days without their year, which stands at the head of a mail."""

from __future__ import annotations

import pytest

from monitor.words import language


@pytest.mark.parametrize(
    ("code", "text", "said"),
    [
        ("en", "It slips from 1 May 2031 to 4–5 May 2031.", "It slips from 1 May to 4–5 May."),
        ("en", "It slips to 2 January 2032.", "It slips to 2 January 2032."),
        ("en", 'They said "by 3 May 2031", on 2 May 2031.', 'They said "by 3 May 2031", on 2 May.'),
        ("en", "It ends in May 2031, after 12 rounds.", "It ends in May 2031, after 12 rounds."),
        ("uk", "Перенесено на 9 травня 2031.", "Перенесено на 9 травня."),
    ],
)
def test_only_days_of_that_year_lose_it(code: str, text: str, said: str) -> None:
    assert language(code).values.without_year(text, "2031") == said
