r"""Has e-mails drafted an answer to, and judges each question's.

A file of e-mails, `tests/emails/*.jsonl`, holds one on each line:

    {"id": "mail-1", "language": "nb", "mail": "Hei!\n\nHvor mange søkte?",
     "questions": [{"asks": "Hvor mange søkte?", "kind": "answer",
                    "facts": ["applicants43"], "forbid": []}]}

* `id`: its name, once only.
* `language`: the language that the draft should be in: `nb`, `nn` or `en`.
* `mail`: all that was pasted, to 5,000 characters, with greeting, signature, quoted
  history and whatever else came with it.
* `questions`: what it asks, in order; an empty list where it asks nothing. Each has

  * `asks`: the words of the mail that ask it, verbatim, line breaks too; of a claim
    that another sentence asks about (`Is that right?`), the words of either;
  * `kind`: `answer` (the announcement tells it), `not_stated` (a question about the
    announcement's matter that it does not tell) or `out_of_scope`; or a list of those
    that are right, the best first;
  * `facts`: ids of `tests/questions/facts.yml` that the answer has to say;
  * `forbid`: ids of what it must not say (`["yes"]` for a claim that is wrong).

`python -m trials.emails [FILE …]` drafts them and prints what came of the questions.
"""
