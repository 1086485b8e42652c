"""Texts that YAML could take for something else, and any other text that a field may hold."""

from hypothesis import strategies as st

NASTY = [
    "a: b", "a:", "#", "a #b", "#b", "- a", "-", "---", "...", "? a", "[a]", "{a: b}", "a, b", "&a", "*a", "!a", "|",
    ">", "%a", "@a", "`a`", "'", "''", '"', '"a"', "it's", "a\\b", "no", "yes", "on", "null", "~", "true", "1", "1.5",
    "1e3", "0x1f", "12:30:00", "2021-09-21", "=", "<<", "a: 'b' \"c\"", "Xocalı şəhəri", "Ходжалы: события", "خوجالی",
    "№ 5", "\U0001f54a", "a \\n b", "«a: b»", "a\u00a0b", "\u00a0", "a  b", "x" * 300, "word " * 60 + "end",
    "https://a.example/,b",
]  # fmt: skip
TEXTS = st.sampled_from(NASTY) | st.text(
    st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp", "Cn"]) | st.sampled_from("\n:#'\"-,[]{}&*!|>%@` "),
    min_size=1,
)
