"""Says in plain words why a text is no YAML, and on which line the fault is."""

import contextlib
import re

import yaml

_QUOTE_IT = "put the text in quotes"
_NEVER_CLOSED = "the quote that begins here is not closed; close it on its line"
_GOES_ON = (
    "the text goes on after its closing quote; put the whole text in quotes, in single "
    "ones where it holds double ones"
)
# Parts of PyYAML's messages, and what each means to who wrote the line; the first that
# fits holds.
_WHERE_IT_IS_FOUND = (
    (r"'\t'", "there is a tab here; use blanks, not tabs"),
    (
        "unknown escape",
        "a backslash is special in double quotes; put the text in single quotes",
    ),
    ("another document", "a file holds one document; take out the line ---"),
    *(
        (part, f"no text begins with {signs} outside quotes; {_QUOTE_IT}")
        for part, signs in (
            ("cannot start any token", "@, % or a backtick"),
            ("undefined alias", "*"),
            ("constructor for the tag", "!"),
            ("scanning a block scalar", "| or >"),
            ("sequence entries are not allowed", "-"),
            ("mapping keys are not allowed", "?"),
        )
    ),
)
_KEY = re.compile(r"\w+$")
_NO_BLANK_AFTER_DASH = re.compile(r"\s*-[^\s-]")
_NO_BLANK_AFTER_COLON = re.compile(r"[\s-]*\w+:[^\s:]")
_DASHES = re.compile(r"(?:- +)*")
_OPENING = (yaml.FlowSequenceStartToken, yaml.FlowMappingStartToken)
_CLOSING = (yaml.FlowSequenceEndToken, yaml.FlowMappingEndToken)
_BRACKETS = {"[": "]", "{": "}"}


def explain(error: yaml.MarkedYAMLError, text: str) -> tuple[int, str]:
    """Return the line of a fault, from 1, and what is wrong and would mend it.

    Args:
        error: What PyYAML raised.
        text: The text that it read.
    """
    lines = text.splitlines()
    mark = error.problem_mark or error.context_mark
    if mark is None:
        return 1, _unknown(error)
    told = f"{error.context}; {error.problem}"
    for part, reason in _WHERE_IT_IS_FOUND:
        if part in told:
            return mark.line + 1, reason
    begins = error.context_mark or mark
    if "could not find expected ':'" in told:
        return begins.line + 1, _no_colon(lines[begins.line])
    if "while parsing a flow" in told:
        return _bracket(text, mark)
    never_closed = "unexpected end of stream" in told
    quoted = _quoted_before(text, begins if never_closed else mark)
    if quoted and quoted.start_mark.line < quoted.end_mark.line:
        return quoted.start_mark.line + 1, _NEVER_CLOSED
    if never_closed:
        return begins.line + 1, _NEVER_CLOSED
    return _out_of_place(error, lines, mark, quoted)


def _out_of_place(
    error: yaml.MarkedYAMLError,
    lines: list[str],
    mark: yaml.Mark,
    quoted: yaml.ScalarToken | None,
) -> tuple[int, str]:
    problem = error.problem or ""
    if "mapping values are not allowed" in problem:
        return _stray_colon(lines, mark)
    if "block end" not in problem:
        return mark.line + 1, _unknown(error)
    if quoted and quoted.end_mark.line == mark.line:
        return mark.line + 1, _GOES_ON
    block = (error.context_mark or mark).line
    if _NO_BLANK_AFTER_DASH.match(lines[block]):
        return block + 1, "a blank is missing after the '-'"
    return mark.line + 1, _not_in_line(lines, mark.line)


def _unknown(error: yaml.MarkedYAMLError) -> str:
    return f"this is no YAML: {error.problem}; correct the line or the one above"


def _stray_colon(lines: list[str], mark: yaml.Mark) -> tuple[int, str]:
    """Tell a colon inside a text from a field that the line above has swallowed."""
    before = lines[mark.line][: mark.column]
    above = _line_above(lines, mark.line)
    if not _KEY.fullmatch(before.lstrip(" -")) or above is None:
        how = _QUOTE_IT.replace(
            "quotes", "single quotes" if '"' in before else "quotes"
        )
        return mark.line + 1, f"there is a colon inside a text here; {how}"
    if _NO_BLANK_AFTER_COLON.match(lines[above]):
        return above + 1, "a blank is missing after the colon"
    return mark.line + 1, _not_in_line(lines, mark.line)


def _quoted_before(text: str, mark: yaml.Mark) -> yaml.ScalarToken | None:
    """Return the text in quotes that ends just before a place, if one does."""
    tokens = _tokens_before(text, mark)
    last = tokens[-1] if tokens else None
    return last if isinstance(last, yaml.ScalarToken) and last.style else None


def _not_in_line(lines: list[str], number: int) -> str:
    """Return which line above one should line up with: that of the nearest indent."""
    line = lines[number]
    is_item = line.lstrip().startswith("- ")
    indent = _indent(line, is_item)
    others = [
        (abs(_indent(other, is_item) - indent), number - above, above)
        for above, other in enumerate(lines[:number])
        if _is_content(other) and (not is_item or other.lstrip().startswith("- "))
    ]
    if not others:
        return "this line does not line up with those around it; begin it further left"
    nearest = min(others)[2]
    wanted = _indent(lines[nearest], is_item)
    start = lines[nearest][wanted:].split(":")[0]
    return (
        f"this line does not line up with '{start}' on line {nearest + 1}: it begins "
        f"after {indent} blanks, that after {wanted}"
    )


def _indent(line: str, is_item: bool) -> int:
    """Return where a line begins: at its '- ' or, for a field, at its name."""
    blanks = len(line) - len(line.lstrip(" "))
    dashes = _DASHES.match(line, blanks)
    return blanks if is_item or dashes is None else dashes.end()


def _line_above(lines: list[str], number: int) -> int | None:
    above = (n for n in range(number - 1, -1, -1) if _is_content(lines[n]))
    return next(above, None)


def _is_content(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _no_colon(line: str) -> str:
    name = line.strip(" -")
    if _NO_BLANK_AFTER_COLON.match(line):
        return "a blank is missing after the colon"
    if _KEY.fullmatch(name):
        return f"a colon is missing; write '{name}:'"
    return "a field is written 'name: value', and here is no such colon"


def _bracket(text: str, mark: yaml.Mark) -> tuple[int, str]:
    """Return the bracket that was open where the fault was found."""
    still_open: list[yaml.Token] = []
    for token in _tokens_before(text, mark):
        if isinstance(token, _OPENING):
            still_open.append(token)
        elif isinstance(token, _CLOSING) and still_open:
            still_open.pop()
    begins = still_open[-1].start_mark if still_open else mark
    sign = text[begins.index : begins.index + 1]
    return begins.line + 1, (
        f"what the {sign} of this line begins is not closed, lacks a comma or holds a "
        f"sign that belongs in quotes; end it with {_BRACKETS.get(sign, sign)}, put "
        "commas between and texts in quotes"
    )


def _tokens_before(text: str, mark: yaml.Mark) -> list[yaml.Token]:
    """Return the tokens of a text that begin before a place."""
    tokens: list[yaml.Token] = []
    with contextlib.suppress(yaml.YAMLError):
        for token in yaml.scan(text, yaml.SafeLoader):
            if token.start_mark.index >= mark.index:
                break
            tokens.append(token)
    return tokens
