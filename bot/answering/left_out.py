"""What is said of personal numbers and addresses that were left out of a message."""

from collections.abc import Collection, Mapping

from bot.privacy import (
    ACCOUNT_NUMBER,
    CARD_NUMBER,
    EMAIL_ADDRESS,
    IDENTITY_NUMBER,
    PASSPORT_NUMBER,
    PHONE_NUMBER,
)

_SEVERAL = "personal_details"
_WARNINGS: Mapping[str, str] = {
    IDENTITY_NUMBER: "personal_number",
    PHONE_NUMBER: "phone_number",
    EMAIL_ADDRESS: "email_address",
    ACCOUNT_NUMBER: "bank_number",
    CARD_NUMBER: "bank_number",
    PASSPORT_NUMBER: "passport_number",
}


def warning_of(left_out: Collection[str]) -> str:
    """Return the key of the words that tell what was left out.

    Args:
        left_out: The placeholders that stand in the message, at least one. Identity
            numbers come before all others, as they matter most.
    """
    if IDENTITY_NUMBER in left_out:
        return _WARNINGS[IDENTITY_NUMBER]
    warnings = {_WARNINGS[placeholder] for placeholder in left_out}
    return warnings.pop() if len(warnings) == 1 else _SEVERAL
