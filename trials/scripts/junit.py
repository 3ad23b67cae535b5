"""Writes the results as JUnit XML, which CI services read."""

import re
from collections.abc import Iterable
from datetime import datetime, timezone
from pathlib import Path
from xml.etree import ElementTree

from trials.scripts.results import Result, Run, by_file
from trials.scripts.script import shown
from trials.scripts.telling import report

# Control characters that XML 1.0 has no way to write.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def junit_xml(run: Run) -> bytes:
    """Return the results as an XML document: a suite a file, a case a conversation."""
    root = ElementTree.Element("testsuites", _counts(run.results))
    root.set("name", "conversations")
    root.set("time", f"{run.seconds:.3f}")
    now = datetime.now(timezone.utc).isoformat(timespec="seconds")
    for file, results in by_file(run.results).items():
        suite = ElementTree.SubElement(root, "testsuite", _counts(results))
        suite.set("name", _clean(shown(file)))
        suite.set("time", f"{sum(result.seconds for result in results):.3f}")
        suite.set("timestamp", now)
        for result in results:
            _add_case(suite, file, result)
    ElementTree.indent(root)
    return bytes(ElementTree.tostring(root, "utf-8", xml_declaration=True))


def _counts(results: Iterable[Result]) -> dict[str, str]:
    results = list(results)
    errors = sum(bool(result.error) for result in results)
    failures = sum(not result.passed for result in results) - errors
    return {
        "tests": str(len(results)),
        "failures": str(failures),
        "errors": str(errors),
        "skipped": "0",
    }


def _add_case(suite: ElementTree.Element, file: Path, result: Result) -> None:
    case = ElementTree.SubElement(
        suite,
        "testcase",
        name=_clean(result.conversation.name),
        classname=_clean(str(Path(shown(file)).with_suffix("")).replace("/", ".")),
        file=_clean(shown(file)),
        line=str(result.conversation.line),
        time=f"{result.seconds:.3f}",
    )
    if not result.passed:
        kind = "error" if result.error else "failure"
        told = _clean(report(result))
        message = result.error or "\n".join(told.splitlines()[1:3]).strip()
        fault = ElementTree.SubElement(case, kind, message=_clean(message), type=kind)
        fault.text = told


def _clean(text: str) -> str:
    return _NOT_IN_XML.sub("\N{REPLACEMENT CHARACTER}", text)
