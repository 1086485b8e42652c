"""Every rule of the check is registered, and its docstring is the rule."""

import inspect
from types import FunctionType

from archive.validation import evidence, rules, slips, wording
from archive.validation.registry import RULES

OTHERS = (wording.quotations, wording.is_loaded)
REGISTERED = [rule for scope in RULES.values() for rule in scope]


def test_every_rule_is_registered_once() -> None:
    of_modules = [
        value
        for module in (evidence, rules, slips, wording)
        for name, value in inspect.getmembers(module, inspect.isfunction)
        if value.__module__ == module.__name__ and not name.startswith("_") and value not in OTHERS
    ]
    assert len(of_modules) > 15
    assert sorted(map(repr, REGISTERED)) == sorted(map(repr, of_modules))


def test_every_rule_is_one_sentence() -> None:
    docstrings = {rule.__name__: rule.__doc__ or "" for rule in REGISTERED if isinstance(rule, FunctionType)}
    assert len(docstrings) == len(REGISTERED)
    assert [name for name, text in docstrings.items() if "\n" in text or not text.endswith(".")] == []


def test_exceptions_are_looked_at_when_all_rules_that_use_them_have_run() -> None:
    assert RULES["authorities"][-1] is wording.exceptions_needed
