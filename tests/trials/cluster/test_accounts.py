"""Each way in which a message may go wrong is found."""

import dataclasses

from trials.cluster.accounts import Account, account_of, total
from trials.cluster.talking import Said, Turn


def turn(message: str) -> Turn:
    return {"id": message, "text": f"text of {message}", "reply": {"text": "Ja."}}


def said(*messages: str) -> list[Said]:
    return [Said(it, f"text of {it}", turn(it), 1, 0.1) for it in messages]


def kept(*messages: str) -> list[Turn]:
    return [turn(it) for it in messages]


def test_what_is_kept_as_it_was_said_is_in_order() -> None:
    account = account_of(said("a", "b", "c"), kept("a", "b", "c"))
    assert account == Account(acknowledged=3)
    assert account.is_clean


def test_what_is_not_kept_is_lost() -> None:
    assert account_of(said("a", "b"), kept("a")).lost == ("b",)


def test_what_is_kept_with_another_reply_than_was_acknowledged_is_lost() -> None:
    other = {**turn("b"), "reply": {"text": "Nei."}}
    assert account_of(said("a", "b"), [turn("a"), other]).lost == ("b",)


def test_what_is_kept_twice_is_doubled() -> None:
    assert "a" in account_of(said("a"), kept("a", "a")).doubled
    second = {**turn("a"), "id": "x"}
    account = account_of(said("a"), [turn("a"), second])
    assert account.doubled == ("text of a",)


def test_what_was_said_elsewhere_is_crossed() -> None:
    assert account_of(said("a"), kept("a", "stray")).crossed == ("stray",)
    strange = {**turn("a"), "text": "something else"}
    assert account_of(said("a"), [strange]).crossed == ("a",)


def test_what_stands_before_what_was_said_earlier_is_disordered() -> None:
    account = account_of(said("a", "b", "c"), kept("a", "c", "b"))
    assert account.disordered == ("c",)


def test_accounts_are_summed_up_with_what_the_store_holds_twice() -> None:
    accounts = [
        account_of(said("a", "b"), kept("a")),
        account_of(said("c"), kept("c", "d")),
    ]
    account = total(accounts, {"a": 1, "c": 2})
    assert account == dataclasses.replace(
        Account(), acknowledged=3, lost=("b",), doubled=("c",), crossed=("d",)
    )
    assert not account.is_clean
    assert str(account) == "3 acknowledged: 1 lost, 1 doubled, 1 crossed, 0 disordered"
