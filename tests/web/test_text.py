"""Plain text that Markdown shows as it is, and links to sources."""

from __future__ import annotations

import pytest

from okr_assistant.views.parts import Citation
from okr_assistant.web.text import cite, md


@pytest.mark.parametrize(
    ("plain", "escaped"),
    [
        ("What is it for?", "What is it for?"),
        ("metric: from, to", "metric: from, to"),
        ("*a* _b_ `c` ~d~", r"\*a\* \_b\_ \`c\` \~d\~"),
        ("[x](y) <b> &amp; $z$", r"\[x\](y) \<b\> \&amp; \$z\$"),
        (":red[x] :smile:", r"\:red\[x\] \:smile:"),
        ("# no heading", r"\# no heading"),
        ("- no list", r"\- no list"),
        ("1. no list", r"1\. no list"),
        ("2.5 people", "2.5 people"),
        ("www.x.org WWW.X.ORG a@x.org", r"www\.x.org WWW\.X.ORG a\@x.org"),
        ("a\\b", r"a\\b"),
    ],
)
def test_signs_of_markdown_are_escaped_and_nothing_else(plain: str, escaped: str) -> None:
    assert md(plain) == escaped


def test_a_source_is_a_link_with_its_name() -> None:
    cited = cite([Citation("A_B 2020", "T", "https://example.org/a"), Citation("C", "T", "https://example.org/c")])
    assert cited == r"[A\_B 2020](https://example.org/a), [C](https://example.org/c)"
