"""What a client of the widget's API may send: docs/openapi.yml as classes."""

import re
from typing import Literal, TypeVar

import pydantic
from sanic.request import Request

from bot.channels.faults import invalid, json_body, too_long
from bot.engine import LONGEST_PAYLOAD
from bot.privacy import is_personal

LONGEST_COMMENT = 1000
# Of a payment card; other numbers of people's have fewer.
_MOST_DIGITS = 16
_HEXADECIMAL = re.compile(
    r"(?i)[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}|(?=[0-9]*[a-f])[0-9a-f]{16,}"
)
# More lines than there will be, and fewer than the database counts.
_LINE_ID = r"^[0-9]{1,9}\Z"
_MESSAGE_ID = r"^[A-Za-z0-9-]{8,64}\Z"

Body = TypeVar("Body", bound=pydantic.BaseModel)


class _Body(pydantic.BaseModel, extra=pydantic.Extra.forbid):
    pass


class Message(_Body):
    """Something that is done once, however often it is sent."""

    id: pydantic.constr(strict=True, regex=_MESSAGE_ID)  # type: ignore[valid-type]

    @pydantic.validator("id")
    def _is_nobodys_number(cls, value: str) -> str:  # noqa: N805 - pydantic's way
        if is_somebodys(value):
            raise ValueError("it looks like somebody's number: make a random one")
        return value


class NewText(Message):
    """A message in words."""

    text: pydantic.constr(strict=True, min_length=1)  # type: ignore[valid-type]


class NewButton(Message):
    """A button that was pressed."""

    button: pydantic.constr(  # type: ignore[valid-type]
        strict=True, min_length=1, max_length=LONGEST_PAYLOAD
    )


class NewFeedback(_Body):
    """A rating, and perhaps words."""

    rating: Literal["up", "down"]
    comment: pydantic.constr(  # type: ignore[valid-type]
        strict=True, max_length=LONGEST_COMMENT
    ) = ""


def is_somebodys(name: str) -> bool:
    """Tell whether an id is a number or an address of somebody's, by its look.

    Random ids are not: those of digits are longer, and others are hexadecimal.
    """
    bare = _HEXADECIMAL.sub("", name)
    digits, letters = (sum(map(it, bare)) for it in (str.isdigit, str.isalpha))
    return is_personal(bare) and (letters > 0 or digits <= _MOST_DIGITS)


def said_in(request: Request, longest: int) -> NewText | NewButton:
    """Return what somebody says, or the button that they press.

    Args:
        request: Holds it as its body.
        longest: Characters that a text may have.

    Raises:
        Fault: The body holds neither, or the text is too long.
    """
    body = json_body(request)
    if isinstance(body, dict) and "button" in body:
        return parse(NewButton, request)
    said = parse(NewText, request)
    if len(said.text) > longest:
        raise too_long(longest)
    return said


def before_in(request: Request) -> str:
    """Return the id of the message that a client asks for what was said before.

    Raises:
        Fault: The query asks for something else.
    """
    for name, value in request.get_query_args(keep_blank_values=True):
        if name != "before" or not re.match(_MESSAGE_ID, value):
            raise invalid("The query holds more than 'before' and a message's id.")
    return str(request.args.get("before", ""))


def since_in(request: Request) -> int:
    """Return the id of the line after which a client asks for what is new, or 0.

    Raises:
        Fault: The query asks for something else.
    """
    for name, value in request.get_query_args(keep_blank_values=True):
        if name != "since" or not re.match(_LINE_ID, value):
            raise invalid("The query holds more than 'since' and a line's id.")
    return int(request.args.get("since", 0))


def parse(kind: type[Body], request: Request) -> Body:
    """Return the body of a request.

    Raises:
        Fault: It is not what it should be.
    """
    body = json_body(request)
    if not isinstance(body, dict):
        raise invalid("The body is no JSON object.")
    try:
        return kind.parse_obj(body)
    except pydantic.ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        message = f"'{field}': {first['msg']}. See docs/http-api.md."
        raise invalid(message) from error
